import Dispatch
import Synchronization

/// What the threads of a ``HashingPool`` share: the queue under a lock, and the bell that wakes them.
final class HashingWorkshop: Sendable {
    /// How long a thread without work keeps the memory of the last hash.
    private static let memoryKeptFor = DispatchTimeInterval.seconds(10)

    private struct State {
        var queue: HashingQueue
        var lastTicket: UInt64 = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    private let threads: Int
    /// Rung once for each work that joins; a thread that finds none goes back to waiting.
    private let bell = DispatchSemaphore(value: 0)

    init(threads: Int, cost: Duration) {
        state = Mutex(State(queue: HashingQueue(threads: threads, cost: cost)))
        self.threads = threads
    }

    var waitingCount: Int { state.withLock { $0.queue.waitingCount } }

    func newTicket() -> UInt64 {
        state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
    }

    func submit(
        _ ticket: UInt64, perform: @escaping @Sendable () -> Void, refuse: @escaping @Sendable (any Error) -> Void
    ) {
        let work = HashingWork(ticket: ticket, submittedAt: .now, perform: perform, refuse: refuse)
        let overload: HashingPool.Overloaded? = state.withLock { state in
            state.queue.join(work) ? nil : HashingPool.Overloaded(retryAfter: state.queue.retryAfter)
        }
        if let overload { refuse(overload) } else { bell.signal() }
    }

    func cancel(_ ticket: UInt64) {
        state.withLock { $0.queue.withdraw(ticket) }?.refuse(CancellationError())
    }

    func close() {
        state.withLock { $0.isClosed = true }
        for _ in 0..<threads { bell.signal() }
    }

    /// The life of a thread. Nobody waits for work when the pool is closed: whoever waits holds the pool.
    func workUntilClosed() {
        let memory = HashingMemory.keepOnThread()
        while true {
            if bell.wait(timeout: .now() + Self.memoryKeptFor) == .timedOut {
                memory.giveBack()
                bell.wait()
            }
            let now = ContinuousClock.now
            let (isClosed, next, retryAfter) = state.withLock { state in
                (state.isClosed, state.queue.next(at: now), state.queue.retryAfter)
            }
            for work in next.late { work.refuse(HashingPool.Overloaded(retryAfter: retryAfter)) }
            if let work = next.work {
                work.perform()
                state.withLock { $0.queue.finish(after: now.duration(to: .now)) }
            }
            if isClosed { return }
        }
    }
}
