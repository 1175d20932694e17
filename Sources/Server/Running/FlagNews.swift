import Flags
import Logging
import PersistencePostgreSQL
import ServiceLifecycle
import Synchronization

/// Reads the flags as soon as one is changed, on this instance or another.
final class FlagNews: Service, CustomStringConvertible {
    /// How often a change is looked for whose news was lost. With the time that reading takes, every change is in force
    /// everywhere within a second.
    static let interval = Duration.milliseconds(500)

    private let database: PostgresDatabase
    private let flags: FeatureFlags
    private let logger: Logger
    private let isFailing = Mutex(false)

    init(database: PostgresDatabase, flags: FeatureFlags, logger: Logger) {
        self.database = database
        self.flags = flags
        self.logger = logger
    }

    let description = "flag news"

    func run() async {
        let news = database.flagNews
        await cancelWhenGracefulShutdown { [self] in
            await look()
            for await _ in news { await look() }
            try? await gracefulShutdown()
        }
    }

    /// Looks for a change. That the database is away is said once, not twice a second.
    func look() async {
        do {
            try await flags.refresh()
            if note(isFailing: false) { logger.notice("flags are read again") }
        } catch {
            guard !Task.isCancelled else { return }
            if note(isFailing: true) {
                logger.warning("flags not read; they stay as they were", metadata: ["error": "\(error)"])
            }
        }
    }

    /// - Returns: Whether it is news.
    private func note(isFailing new: Bool) -> Bool {
        isFailing.withLock { isFailing in
            defer { isFailing = new }
            return isFailing != new
        }
    }
}
