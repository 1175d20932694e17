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

    private let queue: any JobQueue
    private let running: RunningJobs
    private let logger: Logger
    private let time: TimeSource
    private let results = Mutex<[JobResult]>([])
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
        turn.finish()
    }

    func run() async {
        for await _ in turns { await tellAll() }
        await tellAll()
    }

    private func tellAll() async {
        while true {
            let next = results.withLock { Array($0.prefix(Self.batch)) }
            guard !next.isEmpty else { return }
            do {
                _ = try await queue.settle(next, at: time.now())
            } catch {
                // Kept for the next turn; should this worker end before, the leases run out and others do the jobs.
                if !Task.isCancelled { logger.warning("jobs not settled", metadata: ["reason": "\(error)"]) }
                guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
                continue
            }
            results.withLock { $0.removeFirst(next.count) }
            running.remove(next.lazy.map(\.claim))
        }
    }
}
