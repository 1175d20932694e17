import Core
import Persistence
import PostgresClient

/// The months of the audit log.
enum AuditPartitions {
    /// How many months after the current one are made in advance. A server that runs longer without being started anew
    /// has its schedule to make them.
    static let monthsAhead = 3

    static func ensure(at time: Timestamp) -> SQL {
        "select ensure_audit_partitions(\(time), \(unescaped: String(monthsAhead)))"
    }
}
