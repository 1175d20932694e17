import Auth
import Core
import Logging
import Persistence
import PersistencePostgreSQL
import ServiceLifecycle

/// What has to be done now and then so that nothing lies around longer than it should.
struct Housekeeping: Sendable {
    private static let successorInterval = Duration.seconds(10)
    private static let minute = Duration.seconds(60)
    private static let day = Duration.days(1)
    /// How long a mailed token is answered with "expired" instead of "unknown".
    private static let expiredTokenRetention = Duration.days(7)

    let database: PostgresDatabase
    let ring: SigningKeyRing
    let time: TimeSource
    let randomness: Randomness
    let logger: Logger

    var services: [any Service] {
        let store = database.scoped(.system)
        return [
            service("refresh successors", every: Self.successorInterval) { now in
                _ = try await store.sessions.eraseSealedSuccessors(rotatedBefore: now - RefreshDecision.repeatWindow)
            },
            service("one-time tokens", every: Self.minute) { now in
                _ = try await store.oneTimeTokens.removeExpired(before: now - Self.expiredTokenRetention)
            },
            service("idempotency records", every: Self.minute) { now in
                _ = try await store.idempotency.removeExpired(before: now)
            },
            service("key values", every: Self.minute) { now in
                try await database.keyValues.removeExpired(before: now)
            },
            service("signing keys", every: Self.minute) { _ in try await ring.reload() },
            service("audit partitions", every: Self.day) { now in try await database.ensureAuditPartitions(at: now) },
        ]
    }

    private func service(
        _ name: String, every interval: Duration, work: @escaping @Sendable (Timestamp) async throws -> Void
    ) -> PeriodicService {
        PeriodicService(name, every: interval, logger: logger, randomness: randomness) { try await work(time.now()) }
    }
}
