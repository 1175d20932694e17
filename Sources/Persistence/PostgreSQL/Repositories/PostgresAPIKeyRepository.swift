import Core
import Persistence
import PostgresClient

struct PostgresAPIKeyRepository: APIKeyRepository {
    let runner: any StatementRunner

    func insert(_ key: APIKey, hash: [UInt8]) async throws {
        try await runner.change(
            """
            insert into api_keys (id, user_id, name, prefix, hash, scopes, created_at, expires_at, last_used_at)
            values (
                \(key.id), \(key.userID), \(key.name), \(key.prefix), \(hash),
                \(key.scopes.permissions.map(\.rawValue).sorted()), \(key.createdAt), \(key.expiresAt),
                \(key.lastUsedAt))
            """)
    }

    func authenticate(_ id: ID<APIKey>) async throws -> (key: APIKey, hash: [UInt8], user: User)? {
        let found: (key: APIKey, hash: [UInt8], user: User)? = try await runner.first(
            """
            select \(unescaped: APIKey.columns), api_keys.hash, \(unescaped: User.columns)
            from api_keys
            join users on users.id = api_keys.user_id
            where api_keys.id = \(id)
            """
        ) { columns throws(PostgresDecodingError) in
            (key: try APIKey(columns: &columns), hash: try columns.next(), user: try User(columns: &columns))
        }
        return found
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<APIKey> {
        try await runner.page(
            """
            select \(unescaped: APIKey.columns)
            from api_keys
            where user_id = \(user) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, APIKey.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func count(of user: ID<User>) async throws -> Int {
        let count: Int64? = try await runner.first(
            "select count(*) from api_keys where user_id = \(user)"
        ) { columns throws(PostgresDecodingError) in try columns.next() }
        return Int(count ?? 0)
    }

    func touch(_ id: ID<APIKey>, at time: Timestamp, interval: Duration) async throws {
        try await runner.change(
            """
            update api_keys
            set last_used_at = \(time)
            where id = \(id) and (last_used_at is null or last_used_at < \(time - interval))
            """)
    }

    func remove(_ id: ID<APIKey>, of user: ID<User>) async throws -> Bool {
        try await runner.change("delete from api_keys where id = \(id) and user_id = \(user)") == 1
    }

    func removeAll(of user: ID<User>) async throws -> Int {
        try await runner.change("delete from api_keys where user_id = \(user)")
    }
}
