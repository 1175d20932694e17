import Core
import PostgresClient

extension OneTimeToken {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "hash, purpose, user_id, email_key, new_email, session_id, created_at, expires_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (hash, purpose): ([UInt8], Purpose) = (try columns.next(), try columns.next())
        let userID: ID<User> = try columns.next()
        let emailKey: String = try columns.next()
        let newEmail: String? = try columns.next()
        self.init(
            hash: hash,
            purpose: purpose,
            userID: userID,
            emailKey: emailKey,
            newEmail: newEmail.map { EmailAddress(storedText: $0, key: emailKey) },
            sessionID: try columns.next(),
            createdAt: try columns.next(),
            expiresAt: try columns.next())
    }
}
