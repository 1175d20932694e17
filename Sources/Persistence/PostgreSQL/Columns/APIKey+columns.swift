import Core
import PostgresClient

extension APIKey {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        api_keys.id, api_keys.user_id, api_keys.name, api_keys.prefix, api_keys.scopes, api_keys.expires_at, \
        api_keys.last_used_at, api_keys.created_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            userID: try columns.next(),
            name: try columns.next(),
            prefix: try columns.next(),
            // What a later release named and this one does not know gives nothing.
            scopes: Scopes(Set((try columns.next() as [String]).compactMap(Permission.init))),
            expiresAt: try columns.next(),
            lastUsedAt: try columns.next(),
            createdAt: try columns.next())
    }
}
