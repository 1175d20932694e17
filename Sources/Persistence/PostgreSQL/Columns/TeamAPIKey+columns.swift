import Core
import PostgresClient

extension TeamAPIKey {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        team_api_keys.id, team_api_keys.team_id, team_api_keys.name, team_api_keys.prefix, team_api_keys.scopes, \
        team_api_keys.address_ranges, team_api_keys.expires_at, team_api_keys.former_until, \
        team_api_keys.last_used_at, team_api_keys.last_used_ip, team_api_keys.created_at, team_api_keys.updated_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            teamID: try columns.next(),
            name: try columns.next(),
            prefix: try columns.next(),
            // What a later release named and this one does not know gives nothing.
            scopes: Scopes(Set((try columns.next() as [String]).compactMap(Permission.init))),
            addressRanges: try [AddressRange](stored: try columns.next()),
            expiresAt: try columns.next(),
            formerSecretUntil: try columns.next(),
            lastUse: try Use(columns: &columns),
            createdAt: try columns.next(),
            updatedAt: try columns.next())
    }
}

extension TeamAPIKey.Use {
    /// Nil before the first use.
    fileprivate init?(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (time, address): (Timestamp?, String?) = (try columns.next(), try columns.next())
        guard let time else { return nil }
        self.init(time: time, address: address)
    }
}
