import Core
import Persistence
import PostgresClient

struct PostgresWebhookDeliveryRepository: WebhookDeliveryRepository {
    let runner: any StatementRunner
    /// Called after a statement that added jobs.
    let added: @Sendable () -> Void

    func add(
        _ event: WebhookEvent, to endpoint: ID<WebhookEndpoint>?, ids: [ID<WebhookDelivery>], job: Job
    ) async throws -> Int {
        let condition: SQL =
            endpoint.map { "id = \($0)" } ?? "coalesce(\(event.kind) = any(events), true)"
        let parameters = PostgresJSON(bytes: job.parameters)
        let count = try await runner.change(
            """
            with added as (
                insert into webhook_deliveries (
                    team_id, id, endpoint_id, event_id, kind, body, created_at, next_attempt_at)
                select team_id,
                    (\(ids.map { PostgresUUID(high: $0.high, low: $0.low) }))[row_number() over (order by id)],
                    id, \(event.id), \(event.kind), \(event.body), \(job.createdAt), \(job.runAt)
                from webhook_endpoints
                where team_id = \(event.teamID) and pause is null and \(sql: condition)
                order by id
                limit \(ids.count)
                returning id
            )
            insert into jobs (id, name, queue, priority, parameters, run_at, max_attempts, created_at)
            select id, \(job.name), \(job.queue), \(job.priority), \(parameters), \(job.runAt), \(job.maxAttempts),
                \(job.createdAt)
            from added
            """)
        if count > 0 { added() }
        return count
    }

    func find(
        _ id: ID<WebhookDelivery>, to endpoint: ID<WebhookEndpoint>, of team: ID<Team>
    ) async throws -> (delivery: WebhookDelivery, event: WebhookEvent)? {
        let found: (delivery: WebhookDelivery, event: WebhookEvent)? = try await runner.first(
            """
            select \(unescaped: WebhookDelivery.columns), \(unescaped: WebhookEvent.columns)
            from webhook_deliveries as delivery
            where team_id = \(team) and id = \(id) and endpoint_id = \(endpoint)
            """
        ) { columns throws(PostgresDecodingError) in
            (delivery: try WebhookDelivery(columns: &columns), event: try WebhookEvent(columns: &columns))
        }
        return found
    }

    func list(
        to endpoint: ID<WebhookEndpoint>, of team: ID<Team>, page: PageRequest
    ) async throws -> Page<WebhookDelivery> {
        try await runner.page(
            """
            select \(unescaped: WebhookDelivery.columns)
            from webhook_deliveries as delivery
            where team_id = \(team) and endpoint_id = \(endpoint) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, WebhookDelivery.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func work(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws -> WebhookWork? {
        try await runner.first(
            """
            select \(unescaped: WebhookDelivery.columns), \(unescaped: WebhookEvent.columns),
                \(unescaped: WebhookEndpoint.columns), \(unescaped: SealedWebhookSecrets.columns)
            from webhook_deliveries as delivery
            join webhook_endpoints as endpoint
                on endpoint.team_id = delivery.team_id and endpoint.id = delivery.endpoint_id
            where delivery.team_id = \(team) and delivery.id = \(id)
            """
        ) { columns throws(PostgresDecodingError) in
            WebhookWork(
                delivery: try WebhookDelivery(columns: &columns), event: try WebhookEvent(columns: &columns),
                endpoint: try WebhookEndpoint(columns: &columns), secrets: try SealedWebhookSecrets(columns: &columns))
        }
    }

    func note(
        _ attempt: WebhookAttempt, of id: ID<WebhookDelivery>, in team: ID<Team>, state: WebhookDelivery.State,
        nextAttemptAt: Timestamp?
    ) async throws -> Bool {
        let (status, excerpt, failure): (Int?, String?, WebhookFailure?) =
            switch attempt.outcome {
            case .answered(let status, let excerpt): (status, excerpt, nil)
            case .unanswered(let failure): (nil, nil, failure)
            }
        return try await runner.change(
            """
            update webhook_deliveries
            set state = \(state), attempts = attempts + 1, attempted_at = \(attempt.at),
                took_microseconds = \(attempt.took.microseconds), response_status = \(status),
                response_excerpt = \(excerpt), failure = \(failure), next_attempt_at = \(nextAttemptAt)
            where team_id = \(team) and id = \(id) and state = 'pending'
            """) == 1
    }

    func drop(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws {
        try await runner.change(
            """
            update webhook_deliveries
            set state = 'dropped', next_attempt_at = null
            where team_id = \(team) and id = \(id) and state = 'pending'
            """)
    }

    func remove(createdBefore time: Timestamp, limit: Int) async throws -> Int {
        try await runner.change(
            """
            delete from webhook_deliveries as delivery
            using (
                select team_id, id from webhook_deliveries
                where created_at < \(time)
                order by created_at
                limit \(limit)
            ) as old
            where delivery.team_id = old.team_id and delivery.id = old.id
            """)
    }
}
