/// What one pool needs to know.
struct PoolConfiguration: Sendable {
    /// Names its thread and its metrics.
    let name: String
    let connector: Connector
    let limits: PoolLimits
    let namesStatements: Bool
    /// Sent before the statements of every batch that opens a transaction.
    let prelude: [SQL]
    /// A connection that owes an answer for so long is given up, in nanoseconds.
    let silence: UInt64
}
