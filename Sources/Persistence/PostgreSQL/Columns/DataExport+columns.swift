import Core
import PostgresClient

extension DataExport {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        data_exports.id, data_exports.user_id, data_exports.created_at, data_exports.object_key, data_exports.size, \
        data_exports.ready_at, data_exports.expires_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            userID: try columns.next(),
            createdAt: try columns.next(),
            archive: try Archive(columns: &columns))
    }
}

extension DataExport.Archive {
    /// Nil where the columns are null.
    fileprivate init?(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (key, size): (String?, Int64?) = (try columns.next(), try columns.next())
        let (readyAt, expiresAt): (Timestamp?, Timestamp?) = (try columns.next(), try columns.next())
        guard let key, let size, let readyAt, let expiresAt else { return nil }
        guard let key = ObjectKey(key) else { throw .malformed }
        self.init(key: key, size: size, readyAt: readyAt, expiresAt: expiresAt)
    }
}
