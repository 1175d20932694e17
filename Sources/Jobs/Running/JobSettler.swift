import Core
import Logging
import Persistence
import Synchronization

/// Tells the queue what became of jobs: while it tells of some, more gather, and go together.
final class JobSettler: Sendable {
    /// Told at once at most.
    private static let batch = 500
    /// Between two tries to tell.
    private static let pause = Duration.milliseconds(200)
    /// How long it is tried at the end; then the leases run out and others do the jobs.
    private static let longestEnd = Duration.seconds(3)

    private let queue: any JobQueue
    private let running: RunningJobs
    private let logger: Logger
    private let time: TimeSource
    private let results = Mutex<[JobResult]>([])
    private let end = Mutex<ContinuousClock.Instant?>(nil)
    private let turns: AsyncStream<Void>
    private let turn: AsyncStream<Void>.Continuation

    init(queue: any JobQueue, running: RunningJobs, logger: Logger, time: TimeSource) {
        self.queue = queue
        self.running = running
        self.logger = logger
        self.time = time
        (turns, turn) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ result: JobResult) {
        results.withLock { $0.append(result) }
        turn.yield()
    }

    /// After this ``run()`` tells what there is and returns.
    func finish() {
        end.withLock { $0 = .now + Self.longestEnd }
        turn.finish()
    }

    func run() async {
        for await _ in turns { await tellAll() }
        await tellAll()
    }

    private func tellAll() async {
        var size = Self.batch
        while true {
            let next = results.withLock { Array($0.prefix(size)) }
            guard !next.isEmpty else { return }
            do {
                _ = try await queue.settle(next, at: time.now())
                size = min(size * 2, Self.batch)
            } catch {
                if Task.isCancelled { return }
                logger.warning(
                    "jobs not settled", metadata: ["reason": "\(error)", "count": "\(results.withLock { $0.count })"])
                if Self.isAboutTheStore(error) {
                    if let end = end.withLock({ $0 }), ContinuousClock.now > end { return }
                    guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
                    continue
                }
                // It is about one of them: told alone, it holds up no other, and its lease runs out.
                if size > 1 {
                    size = 1
                    continue
                }
            }
            results.withLock { $0.removeFirst(next.count) }
            running.remove(next.lazy.map(\.claim))
        }
    }

    /// Whether the same may work later.
    private static func isAboutTheStore(_ error: any Error) -> Bool {
        switch error as? DatabaseError {
        case .unavailable, .outcomeUnknown, .serializationFailure: true
        default: false
        }
    }
}
