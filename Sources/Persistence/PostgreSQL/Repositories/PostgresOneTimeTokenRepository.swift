import Core
import Persistence
import PostgresClient

struct PostgresOneTimeTokenRepository: OneTimeTokenRepository {
    let runner: any StatementRunner

    func insert(_ token: OneTimeToken) async throws {
        try await runner.change(
            """
            insert into one_time_tokens (\(unescaped: OneTimeToken.columns))
            values (
                \(token.hash), \(token.purpose), \(token.userID), \(token.emailKey), \(token.newEmail?.text),
                \(token.sessionID), \(token.createdAt), \(token.expiresAt))
            """)
    }

    func find(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken? {
        try await runner.first(
            """
            select \(unescaped: OneTimeToken.columns)
            from one_time_tokens
            where hash = \(hash) and purpose = \(purpose)
            """, OneTimeToken.init(columns:))
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

    func list(of user: ID<User>) async throws -> [OneTimeToken] {
        try await runner.all(
            "select \(unescaped: OneTimeToken.columns) from one_time_tokens where user_id = \(user)",
            OneTimeToken.init(columns:))
    }

    func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose], madeSince time: Timestamp?) async throws {
        try await runner.change(
            """
            delete from one_time_tokens
            where user_id = \(user) and purpose = any(\(purposes.map(\.rawValue)))
                and (\(time)::timestamptz is null or created_at >= \(time))
            """)
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await runner.change("delete from one_time_tokens where expires_at < \(time)")
    }
}
