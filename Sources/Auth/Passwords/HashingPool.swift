import Dispatch
import Foundation

/// A few threads of their own for password hashes, so that a flood of sign-ins slows nothing else.
///
/// Work is accepted only while the queue is short enough that it is done within ``longestWait``, which the cost of one
/// hash decides, timed at start and with every hash. The threads end with the pool.
public final class HashingPool: Sendable {
    /// Half the cores: the other half serves requests.
    public static let defaultThreads = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    /// Hashes that may wait for each thread.
    public static let queuePerThread = 20
    /// What an accepted hash takes at most, from being asked for to being done: nobody waits for an answer over 2 s, and what
    /// stands around the hash has the rest.
    public static let longestWait: Duration = .milliseconds(1800)

    /// What the system calls the threads, in `top -H` and elsewhere.
    static let threadName = "hashing"

    /// The queue is full: to be answered with 503 and `Retry-After`.
    public struct Overloaded: Error, Equatable {
        public let retryAfter: Duration
    }

    private let workshop: HashingWorkshop

    /// Starts the threads and times one hash on each of them at once, which takes about as long as one hash.
    public convenience init(
        threads: Int = HashingPool.defaultThreads, calibratedFor parameters: PasswordHasher.Parameters = .standard
    ) {
        let threads = max(1, threads)
        let hasher = PasswordHasher(parameters: parameters)
        self.init(threads: threads, cost: Self.time(onThreads: threads) { _ = try? hasher.hash("calibration") })
    }

    /// - Parameter cost: What one hash takes.
    init(threads: Int, cost: Duration) {
        workshop = HashingWorkshop(threads: threads, cost: cost)
        for _ in 0..<threads {
            let thread = Thread { [workshop] in workshop.workUntilClosed() }
            thread.start()
            // On Linux only a thread that has been started takes a name.
            thread.name = Self.threadName
        }
    }

    deinit {
        workshop.close()
    }

    /// Runs `work` on one of the threads.
    ///
    /// Cancelling the task takes waiting work out of the queue; what has started runs to its end.
    /// - Throws: ``Overloaded``; `CancellationError`.
    public func run<Output: Sendable>(_ work: @escaping @Sendable () -> Output) async throws -> Output {
        let ticket = workshop.newTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                workshop.submit(
                    ticket, perform: { continuation.resume(returning: work()) },
                    refuse: { continuation.resume(throwing: $0) })
                // A cancellation that came before the work was in the queue found nothing there.
                if Task.isCancelled { workshop.cancel(ticket) }
            }
        } onCancel: {
            workshop.cancel(ticket)
        }
    }

    /// Hashes that wait for a thread.
    var waitingCount: Int { workshop.waitingCount }

    private static func time(onThreads threads: Int, _ hash: @escaping @Sendable () -> Void) -> Duration {
        ContinuousClock().measure { DispatchQueue.concurrentPerform(iterations: threads) { _ in hash() } }
    }
}
