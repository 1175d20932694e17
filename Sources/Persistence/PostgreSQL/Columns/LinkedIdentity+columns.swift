import Core
import PostgresClient

extension LinkedIdentity {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "id, user_id, provider, issuer, subject, email, created_at, last_used_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            userID: try columns.next(),
            provider: try columns.next(),
            issuer: try columns.next(),
            subject: try columns.next(),
            email: try columns.next(),
            createdAt: try columns.next(),
            lastUsedAt: try columns.next())
    }
}
