import Core
import PostgresClient

extension Authenticator {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "sealed_secret, created_at, confirmed_at, last_step"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            sealedSecret: try columns.next(),
            createdAt: try columns.next(),
            confirmedAt: try columns.next(),
            lastStep: try columns.next())
    }
}
