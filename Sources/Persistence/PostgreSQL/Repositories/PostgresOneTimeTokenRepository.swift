import Core
import Persistence
import PostgresClient

struct PostgresOneTimeTokenRepository: OneTimeTokenRepository {
    let runner: any StatementRunner

    func insert(_ token: OneTimeToken) async throws {
        try await runner.change(
            """
            insert into one_time_tokens (hash, purpose, user_id, email_key, created_at, expires_at)
            values (
                \(token.hash), \(token.purpose), \(token.userID), \(token.emailKey), \(token.createdAt),
                \(token.expiresAt))
            """)
    }

    func consume(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken? {
        try await runner.changed(
            """
            delete from one_time_tokens
            where hash = \(hash) and purpose = \(purpose)
            returning \(unescaped: OneTimeToken.columns)
            """, OneTimeToken.init(columns:)
        ).first
    }

    func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose]) async throws {
        try await runner.change(
            "delete from one_time_tokens where user_id = \(user) and purpose = any(\(purposes.map(\.rawValue)))")
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await runner.change("delete from one_time_tokens where expires_at < \(time)")
    }
}
