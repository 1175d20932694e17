import Core
import PostgresClient

extension OneTimeToken {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "hash, purpose, user_id, email_key, created_at, expires_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            hash: try columns.next(),
            purpose: try columns.next(),
            userID: try columns.next(),
            emailKey: try columns.next(),
            createdAt: try columns.next(),
            expiresAt: try columns.next())
    }
}
