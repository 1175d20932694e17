/// The limits of the pool.
struct PoolLimits: Sendable {
    /// Connections at most.
    var connections = 10
    /// Of these, how many carry the reads of many callers at once.
    var sharedConnections = 4
    /// What waits for a connection at most; beyond it callers are refused at once.
    var queueLength = 2048
    /// How long a caller waits for a connection, in nanoseconds.
    var acquire: UInt64 = 2_000_000_000
    /// No new work joins a connection whose oldest batch is older, in nanoseconds: it may be stuck.
    var stall: UInt64 = 50_000_000
    /// Batches on one shared connection at most.
    var depth = 128
    /// The first and the longest wait before connecting again after a failure, in nanoseconds.
    var firstBackOff: UInt64 = 50_000_000
    var longestBackOff: UInt64 = 2_000_000_000
    /// After so long without any connection, callers are refused at once instead of queueing, in nanoseconds.
    var outage: UInt64 = 2_000_000_000
}
