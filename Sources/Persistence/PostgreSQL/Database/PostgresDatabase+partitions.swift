public import Core
import Persistence
import PostgresClient

extension PostgresDatabase {
    /// Makes the audit log's partitions for the month of `time` and those after it, where they are missing; to be
    /// called once a day. An event of a month without one is kept too, apart, and moved when its month is made.
    /// - Returns: How many were made.
    @discardableResult
    public func ensureAuditPartitions(at time: Timestamp) async throws -> Int {
        let runner = BatchRunner(client: client, prelude: Scope.system.prelude)
        let made = try await runner.changed(AuditPartitions.ensure(at: time)) { columns throws(PostgresDecodingError) in
            try columns.next(Int.self)
        }
        return made.first ?? 0
    }
}
