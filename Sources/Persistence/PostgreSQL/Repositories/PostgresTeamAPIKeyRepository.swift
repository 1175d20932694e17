import Core
import Persistence
import PostgresClient

struct PostgresTeamAPIKeyRepository: TeamAPIKeyRepository {
    let runner: any StatementRunner

    func insert(_ key: TeamAPIKey, hash: [UInt8]) async throws {
        try await runner.change(
            """
            insert into team_api_keys (
                team_id, id, name, prefix, hash, scopes, address_ranges, expires_at, created_at, updated_at)
            values (
                \(key.teamID), \(key.id), \(key.name), \(key.prefix), \(hash),
                \(key.scopes.permissions.map(\.rawValue).sorted()), \(key.addressRanges.map(\.description)),
                \(key.expiresAt), \(key.createdAt), \(key.updatedAt))
            """)
    }

    func authenticate(_ id: ID<TeamAPIKey>) async throws -> TeamAPIKeyUse? {
        try await runner.first(
            """
            select \(unescaped: TeamAPIKey.columns), team_api_keys.hash, team_api_keys.former_hash,
                \(unescaped: TeamSettings.columns)
            from team_api_keys
            join teams on teams.id = team_api_keys.team_id
            where team_api_keys.id = \(id)
            """
        ) { columns throws(PostgresDecodingError) in
            TeamAPIKeyUse(
                key: try TeamAPIKey(columns: &columns),
                hashes: KeySecretHashes(current: try columns.next(), former: try columns.next()),
                settings: try TeamSettings(columns: &columns))
        }
    }

    func find(_ id: ID<TeamAPIKey>, in team: ID<Team>) async throws -> TeamAPIKey? {
        try await runner.first(
            "select \(unescaped: TeamAPIKey.columns) from team_api_keys where team_id = \(team) and id = \(id)",
            TeamAPIKey.init(columns:))
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamAPIKey> {
        try await runner.page(
            """
            select \(unescaped: TeamAPIKey.columns)
            from team_api_keys
            where team_id = \(team) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, TeamAPIKey.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func count(in team: ID<Team>) async throws -> Int {
        let count: Int64? = try await runner.first(
            "select count(*) from team_api_keys where team_id = \(team)"
        ) { columns throws(PostgresDecodingError) in try columns.next() }
        return Int(count ?? 0)
    }

    func update(_ key: TeamAPIKey) async throws -> Bool {
        try await runner.change(
            """
            update team_api_keys
            set name = \(key.name), scopes = \(key.scopes.permissions.map(\.rawValue).sorted()),
                address_ranges = \(key.addressRanges.map(\.description)), expires_at = \(key.expiresAt),
                updated_at = \(key.updatedAt)
            where team_id = \(key.teamID) and id = \(key.id)
            """) == 1
    }

    func rotateSecret(
        of id: ID<TeamAPIKey>, in team: ID<Team>, to hash: [UInt8], formerUntil: Timestamp?, at time: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update team_api_keys
            set former_hash = case when \(formerUntil)::timestamptz is not null then hash end,
                former_until = \(formerUntil), hash = \(hash), updated_at = \(time)
            where team_id = \(team) and id = \(id)
            """) == 1
    }

    func touch(_ id: ID<TeamAPIKey>, in team: ID<Team>, use: TeamAPIKey.Use, interval: Duration) async throws {
        try await runner.change(
            """
            update team_api_keys
            set last_used_at = \(use.time), last_used_ip = \(use.address)
            where team_id = \(team) and id = \(id)
                and (last_used_at is null or last_used_at < \(use.time - interval))
            """)
    }

    func remove(_ id: ID<TeamAPIKey>, from team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from team_api_keys where team_id = \(team) and id = \(id)") == 1
    }
}
