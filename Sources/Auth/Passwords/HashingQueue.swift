import Core

/// What waits for the threads of a ``HashingPool``, and who may join: the decisions, without threads.
struct HashingQueue {
    let threads: Int
    /// What one hash takes: as timed at start, then ever more as it takes now. Hashes slow down beside other work.
    private(set) var cost: Duration
    private var waiting: [HashingWork] = []
    private var working = 0

    init(threads: Int, cost: Duration) {
        self.threads = threads
        self.cost = max(cost, .microseconds(1))
    }

    /// How many may wait: no more than are all done within ``HashingPool/longestWait``, behind those being worked on.
    var capacity: Int {
        let rounds = Int(clamping: HashingPool.longestWait.microseconds / cost.microseconds) - 1
        return threads * min(HashingPool.queuePerThread, max(0, rounds))
    }

    var waitingCount: Int { waiting.count }

    /// When an overloaded pool is worth another try: the time to work off what waits.
    var retryAfter: Duration {
        max(.seconds(1), cost * (waiting.count / threads + 1))
    }

    /// Lets `work` wait; false when the queue is full. An idle thread takes it at once, so it then does not count.
    mutating func join(_ work: HashingWork) -> Bool {
        guard waiting.count < capacity + threads - working else { return false }
        waiting.append(work)
        return true
    }

    /// The next work for an idle thread, which is then busy until ``finish()``. What has waited too long all the same,
    /// because hashes took longer than expected, comes out as late and is to be refused.
    mutating func next(at now: ContinuousClock.Instant) -> (work: HashingWork?, late: [HashingWork]) {
        let latest = max(.zero, HashingPool.longestWait - cost)
        let late = waiting.prefix { work in work.submittedAt.duration(to: now) > latest }
        waiting.removeFirst(late.count)
        guard !waiting.isEmpty else { return (nil, Array(late)) }
        working += 1
        return (waiting.removeFirst(), Array(late))
    }

    /// - Parameter duration: What the hash took.
    mutating func finish(after duration: Duration) {
        working -= 1
        cost = max((cost * 7 + duration) / 8, .microseconds(1))
    }

    /// Takes waiting work out; nil when it has started or never came.
    mutating func withdraw(_ ticket: UInt64) -> HashingWork? {
        waiting.firstIndex { $0.ticket == ticket }.map { waiting.remove(at: $0) }
    }
}

/// One hash to be made, and how its asker is told.
struct HashingWork: Sendable {
    let ticket: UInt64
    let submittedAt: ContinuousClock.Instant
    let perform: @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
}
