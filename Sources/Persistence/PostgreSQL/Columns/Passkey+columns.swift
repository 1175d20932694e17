import Core
import PostgresClient

extension Passkey {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        id, user_id, name, credential_id, public_key, sign_count, is_backup_eligible, is_backed_up, transports, aaguid, \
        created_at, last_used_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            userID: try columns.next(),
            name: try columns.next(),
            credentialID: try columns.next(),
            publicKey: try columns.next(),
            signCount: UInt32(clamping: try columns.next() as Int64),
            isBackupEligible: try columns.next(),
            isBackedUp: try columns.next(),
            transports: try columns.next(),
            aaguid: try columns.next(),
            createdAt: try columns.next(),
            lastUsedAt: try columns.next())
    }
}
