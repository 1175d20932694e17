import Core
import Persistence
import PostgresClient

extension SealedSigningKey {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "key_id, sealed_private_key, created_at, active_from, retires_at, revoked_at"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            keyID: try columns.next(),
            sealedPrivateKey: try columns.next(),
            createdAt: try columns.next(),
            activeFrom: try columns.next(),
            retiresAt: try columns.next(),
            revokedAt: try columns.next())
    }
}
