import Core
import PostgresClient

extension MailSuppression {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "email_key, reason, detail, occurred_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            emailKey: try columns.next(), reason: try columns.next(), detail: try columns.next(),
            occurredAt: try columns.next())
    }
}
