/// Which connection does what: the pool's decisions as a pure state machine.
///
/// Reads of many callers share a few connections; writes and leases have one to themselves. Times are nanoseconds of a
/// monotonic clock. Every method appends what is to be done to `actions`; the shell does it.
struct PoolState<Request> {
    enum Action {
        case connect(slot: Int)
        case send(Request, slot: Int)
        case grant(Request, slot: Int)
        case refuse(Request, PostgresError)
    }

    struct Waiting {
        let request: Request
        let kind: PoolRequestKind
        let sequence: UInt64
        let deadline: UInt64
    }

    let limits: PoolLimits
    var slots: [PoolSlot]
    var reads = FIFO<Waiting>()
    var exclusives = FIFO<Waiting>()
    private var sequence: UInt64 = 0
    private(set) var backOff: BackOff
    private var unreachableSince: UInt64?

    init(limits: PoolLimits) {
        self.limits = limits
        backOff = BackOff(first: limits.firstBackOff, longest: limits.longestBackOff)
        let count = max(1, limits.connections)
        let shared = min(max(1, limits.sharedConnections), max(1, count / 2))
        slots = (0..<count).map { index in
            PoolSlot(use: count == 1 ? .both : (index < shared ? .shared : .exclusive))
        }
    }

    var waiting: Int { reads.count + exclusives.count }
    var live: Int { slots.count { $0.phase == .ready } }
    /// Whether the server could not be reached and has not been since.
    var isUnreachable: Bool { unreachableSince != nil && live == 0 }

    mutating func submit(_ request: Request, kind: PoolRequestKind, at now: UInt64, _ actions: inout [Action]) {
        guard waiting < limits.queueLength else { return actions.append(.refuse(request, .queueFull)) }
        if isOutage(at: now) { return actions.append(.refuse(request, .unreachable)) }
        sequence &+= 1
        let entry = Waiting(request: request, kind: kind, sequence: sequence, deadline: now &+ limits.acquire)
        if kind == .read { reads.append(entry) } else { exclusives.append(entry) }
        assign(at: now, &actions)
    }

    /// The oldest batch on the connection is done.
    mutating func finished(slot: Int, at now: UInt64, _ actions: inout [Action]) {
        _ = slots[slot].sent.popFirst()
        if !slots[slot].hasAnswered {
            slots[slot].hasAnswered = true
            backOff.succeeded()
        }
        if waiting > 0 { assign(at: now, &actions) }
    }

    mutating func released(slot: Int, at now: UInt64, _ actions: inout [Action]) {
        slots[slot].isLeased = false
        if waiting > 0 { assign(at: now, &actions) }
    }

    mutating func connected(slot: Int, at now: UInt64, _ actions: inout [Action]) {
        slots[slot].phase = .ready
        unreachableSince = nil
        assign(at: now, &actions)
    }

    /// - Parameter jitter: Between 0 and 1.
    mutating func connectFailed(slot: Int, at now: UInt64, jitter: Double, _ actions: inout [Action]) {
        slots[slot].phase = .empty
        if unreachableSince == nil, live == 0 { unreachableSince = now }
        backOff.failed(at: now, jitter: jitter)
        tick(at: now, &actions)
    }

    /// The connection is gone, with all that was on it.
    /// - Parameter jitter: Between 0 and 1; nil when it was closed on purpose. A server that takes connections on only to
    ///   drop them would otherwise be asked for the next one at once, for ever.
    mutating func lost(slot: Int, at now: UInt64, jitter: Double?, _ actions: inout [Action]) {
        if let jitter, !slots[slot].hasAnswered { backOff.failed(at: now, jitter: jitter) }
        slots[slot] = PoolSlot(use: slots[slot].use)
        assign(at: now, &actions)
    }

    /// Refuses what waited too long, and does what has become possible with time.
    mutating func tick(at now: UInt64, _ actions: inout [Action]) {
        if waiting > 0 {
            let isOutage = isOutage(at: now)
            let reason = isUnreachable ? PostgresError.unreachable : .poolExhausted
            // In each queue the deadlines are in order.
            while let entry = reads.first, isOutage || entry.deadline <= now {
                _ = reads.popFirst()
                actions.append(.refuse(entry.request, reason))
            }
            while let entry = exclusives.first, isOutage || entry.deadline <= now {
                _ = exclusives.popFirst()
                actions.append(.refuse(entry.request, reason))
            }
        }
        assign(at: now, &actions)
    }

    /// Takes a waiting request out without an answer.
    mutating func withdraw(where matches: (Request) -> Bool) {
        _ = reads.removeAll { matches($0.request) }
        _ = exclusives.removeAll { matches($0.request) }
    }

    /// Refuses everything that waits.
    mutating func drain(_ error: PostgresError, _ actions: inout [Action]) {
        while let entry = reads.popFirst() ?? exclusives.popFirst() { actions.append(.refuse(entry.request, error)) }
    }

    /// When ``tick(at:_:)`` is due although nothing else happens.
    func nextDeadline(after now: UInt64) -> UInt64? {
        var next: UInt64?
        func consider(_ time: UInt64?) {
            if let time { next = min(next ?? .max, time) }
        }
        consider(reads.first?.deadline)
        consider(exclusives.first?.deadline)
        if waiting > 0 || isUnreachable, backOff.notBefore > now { consider(backOff.notBefore) }
        if waiting > 0, isUnreachable { consider(unreachableSince.map { $0 &+ limits.outage }) }
        return next
    }

    /// Whether the server has been unreachable for so long that nobody should wait for it.
    private func isOutage(at now: UInt64) -> Bool {
        guard isUnreachable, let since = unreachableSince else { return false }
        return now &- since >= limits.outage
    }
}

/// One place for a connection.
struct PoolSlot {
    enum Use { case shared, exclusive, both }
    enum Phase { case empty, connecting, ready }

    let use: Use
    var phase = Phase.empty
    var isLeased = false
    /// Whether the connection has ever answered.
    var hasAnswered = false
    /// When each batch on it was sent, oldest first.
    var sent = FIFO<UInt64>()

    init(use: Use) {
        self.use = use
    }

    var isIdle: Bool { phase == .ready && !isLeased && sent.isEmpty }
}
