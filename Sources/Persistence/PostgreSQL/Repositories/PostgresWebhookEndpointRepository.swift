import Core
import Persistence
import PostgresClient

struct PostgresWebhookEndpointRepository: WebhookEndpointRepository {
    let runner: any StatementRunner

    func insert(_ endpoint: WebhookEndpoint, sealedSecret: [UInt8], unlessThereAre most: Int) async throws -> Bool {
        // Endpoints of a team that are added at once are counted one after another.
        let place = "webhook endpoints of \(endpoint.teamID)"
        let turn: SQL = "select pg_advisory_xact_lock(hashtextextended(\(place), 0))"
        let insert: SQL = """
            insert into webhook_endpoints (
                team_id, id, url, name, events, pause, failing_since, sealed_secret, created_at, updated_at, version)
            select \(endpoint.teamID), \(endpoint.id), \(endpoint.url), \(endpoint.name),
                \(endpoint.subscription.names), \(endpoint.pause), \(endpoint.failingSince), \(sealedSecret),
                \(endpoint.createdAt), \(endpoint.updatedAt), \(endpoint.version)
            where (select count(*) from webhook_endpoints where team_id = \(endpoint.teamID)) < \(most)
            """
        return try await runner.run([turn, insert], access: .write).last?.affected == 1
    }

    func find(_ id: ID<WebhookEndpoint>, of team: ID<Team>) async throws -> WebhookEndpoint? {
        try await runner.first(
            """
            select \(unescaped: WebhookEndpoint.columns)
            from webhook_endpoints as endpoint
            where team_id = \(team) and id = \(id)
            """, WebhookEndpoint.init(columns:))
    }

    func list(of team: ID<Team>, page: PageRequest) async throws -> Page<WebhookEndpoint> {
        try await runner.page(
            """
            select \(unescaped: WebhookEndpoint.columns)
            from webhook_endpoints as endpoint
            where team_id = \(team) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, WebhookEndpoint.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func update(_ endpoint: WebhookEndpoint) async throws -> WebhookEndpoint {
        let update: SQL = """
            update webhook_endpoints as endpoint
            set url = \(endpoint.url), name = \(endpoint.name), events = \(endpoint.subscription.names),
                failing_since = case
                    when endpoint.pause is not null and \(endpoint.pause) is null then null else failing_since end,
                pause = \(endpoint.pause), updated_at = \(endpoint.updatedAt), version = version + 1
            where team_id = \(endpoint.teamID) and id = \(endpoint.id) and version = \(endpoint.version)
            returning \(unescaped: WebhookEndpoint.columns)
            """
        // Tells, where nothing was updated, whether the endpoint or only the version is another.
        let check: SQL = "select 1 from webhook_endpoints where team_id = \(endpoint.teamID) and id = \(endpoint.id)"
        let results = try await runner.run([update, check], access: .write)
        if let updated = try results.first?.firstValue(WebhookEndpoint.init(columns:)) { return updated }
        throw results.last?.isEmpty == false ? DatabaseError.versionConflict : DatabaseError.notFound
    }

    func rotateSecret(
        of id: ID<WebhookEndpoint>, in team: ID<Team>, to sealed: [UInt8], formerUntil: Timestamp?, at time: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update webhook_endpoints
            set former_sealed_secret = case when \(formerUntil) is not null then sealed_secret end,
                former_until = \(formerUntil), sealed_secret = \(sealed), updated_at = \(time)
            where team_id = \(team) and id = \(id)
            """) == 1
    }

    func remove(_ id: ID<WebhookEndpoint>, of team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from webhook_endpoints where team_id = \(team) and id = \(id)") == 1
    }

    func noteSuccess(of id: ID<WebhookEndpoint>, in team: ID<Team>) async throws {
        try await runner.change(
            """
            update webhook_endpoints
            set failing_since = null
            where team_id = \(team) and id = \(id) and failing_since is not null
            """)
    }

    func noteFailure(of id: ID<WebhookEndpoint>, in team: ID<Team>, at time: Timestamp) async throws {
        try await runner.change(
            """
            update webhook_endpoints
            set failing_since = \(time)
            where team_id = \(team) and id = \(id) and failing_since is null
            """)
    }

    func pause(
        _ id: ID<WebhookEndpoint>, of team: ID<Team>, as pause: WebhookEndpoint.Pause, failingBefore: Timestamp?,
        at time: Timestamp
    ) async throws -> Bool {
        let condition: SQL = failingBefore.map { "and failing_since <= \($0)" } ?? ""
        return try await runner.change(
            """
            update webhook_endpoints
            set pause = \(pause), updated_at = \(time), version = version + 1
            where team_id = \(team) and id = \(id) and pause is null \(sql: condition)
            """) == 1
    }

    func secrets(after position: WebhookSecretRow?, limit: Int) async throws -> [WebhookSecretRow] {
        let condition: SQL =
            position.map { "where (team_id, id) > (\($0.teamID), \($0.endpointID))" } ?? ""
        return try await runner.all(
            """
            select \(unescaped: WebhookSecretRow.columns)
            from webhook_endpoints as endpoint
            \(sql: condition)
            order by team_id, id
            limit \(limit)
            """, WebhookSecretRow.init(columns:))
    }

    func resealSecrets(from old: WebhookSecretRow, to new: SealedWebhookSecrets) async throws -> Bool {
        try await runner.change(
            """
            update webhook_endpoints
            set sealed_secret = \(new.current), former_sealed_secret = \(new.former?.sealed),
                former_until = \(new.former?.until)
            where team_id = \(old.teamID) and id = \(old.endpointID) and sealed_secret = \(old.secrets.current)
                and former_sealed_secret is not distinct from \(old.secrets.former?.sealed)
            """) == 1
    }
}
