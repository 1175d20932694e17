import Synchronization

/// A connection that belongs to one caller until it is released.
final class Lease: Sendable {
    let slot: Int
    /// Which of the connections that the slot held one after the other.
    let connection: UInt64
    private let opening: [SQL]
    private let opened = Atomic<Bool>(false)

    init(slot: Int, connection: UInt64, opening: [SQL]) {
        self.slot = slot
        self.connection = connection
        self.opening = opening
    }

    /// Whether anything was sent on it.
    var isOpen: Bool { opened.load(ordering: .acquiring) }

    /// What has to be sent before the batch that is about to be sent: `BEGIN` and what goes with it, once. Asked by the
    /// I/O thread, so that no statement of several tasks can overtake it and run outside the transaction.
    func open() -> [SQL] {
        opened.exchange(true, ordering: .acquiringAndReleasing) ? [] : opening
    }
}

/// A caller who waits for a lease.
final class LeaseRequest: Sendable {
    let opening: [SQL]
    let waiter = Waiter<Lease>()

    init(opening: [SQL]) {
        self.opening = opening
    }
}
