import Core
import Logging
import ServiceLifecycle

/// Work that comes again and again until the server shuts down. A failure is logged, and the next turn tries again.
struct PeriodicService: Service, CustomStringConvertible {
    /// How long the first turn waits at most.
    private static let longestFirstWait = Duration.seconds(60)

    let name: String
    let interval: Duration
    let logger: Logger
    let randomness: Randomness
    /// Waits; throws when the task was cancelled.
    let wait: @Sendable (Duration) async throws -> Void
    let work: @Sendable () async throws -> Void

    init(
        _ name: String, every interval: Duration, logger: Logger, randomness: Randomness = .system,
        wait: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        work: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.interval = interval
        self.logger = logger
        self.randomness = randomness
        self.wait = wait
        self.work = work
    }

    var description: String { name }

    func run() async {
        await cancelWhenGracefulShutdown {
            // Instances that start together don't go on together.
            var pause = min(interval, Self.longestFirstWait) * randomness.fraction()
            while true {
                guard (try? await wait(pause)) != nil else { return }
                await turn()
                pause = interval
            }
        }
    }

    private func turn() async {
        do {
            try await work()
        } catch {
            guard !Task.isCancelled else { return }
            logger.warning("housekeeping failed", metadata: ["work": "\(name)", "reason": "\(error)"])
        }
    }
}
