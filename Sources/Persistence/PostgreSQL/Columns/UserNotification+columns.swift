import Core
import PostgresClient

extension UserNotification {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "id, user_id, kind, title, body, path, read_at, created_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            userID: try columns.next(),
            kind: try columns.next(),
            title: try columns.next(),
            body: try columns.next(),
            path: try columns.next(),
            readAt: try columns.next(),
            createdAt: try columns.next())
    }
}
