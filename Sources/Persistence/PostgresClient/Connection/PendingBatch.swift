import Synchronization

/// Statements on their way, and the caller who waits for them.
final class PendingBatch: Sendable {
    let statements: [SQL]
    let access: PostgresAccess
    /// The lease it belongs to; nil for a batch that takes any connection and is a transaction of its own.
    let lease: Lease?
    /// Whether it commits the transaction of its lease.
    let isCommit: Bool
    let waiter = Waiter<[PostgresRows]>()
    private let isAlone = Atomic<Bool>(false)

    init(_ statements: [SQL], access: PostgresAccess, lease: Lease? = nil, isCommit: Bool = false) {
        self.statements = statements
        self.access = access
        self.lease = lease
        self.isCommit = isCommit
    }

    /// Whether it may share a sync, and with that an implicit transaction, with others: one read that leaves nothing
    /// behind.
    var mayShareSync: Bool {
        access != .write && lease == nil && statements.count == 1 && !isAlone.load(ordering: .relaxed)
    }

    /// From now on it has a sync of its own: a neighbour's failure took it along.
    func setAlone() {
        isAlone.store(true, ordering: .relaxed)
    }

    /// Whether it may have taken effect when the connection was lost after it was sent. What belongs to a transaction
    /// is rolled back with it unless it was the commit; a read has no effect.
    var mayHaveTakenEffect: Bool { lease == nil ? access == .write : isCommit }
}

/// Whether a batch may share a connection.
public enum PostgresAccess: Sendable {
    /// Only selects that take no lock and change nothing, settings included: shares a pipelined connection, and where it
    /// is one statement also a sync, with others, and is sent again if that is lost.
    case read
    /// As ``read``, but may be answered by a replica that lags behind. Never for authorization.
    case staleRead
    /// Everything else.
    case write
}
