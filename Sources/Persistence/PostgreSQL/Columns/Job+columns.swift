import Core
import PostgresClient

extension Job {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "id, name, parameters, run_at, unique_key, created_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            name: try columns.next(),
            parameters: try columns.next(PostgresJSON.self).bytes,
            runAt: try columns.next(),
            uniqueKey: try columns.next(),
            createdAt: try columns.next())
    }
}
