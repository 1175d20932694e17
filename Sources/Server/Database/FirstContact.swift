import Persistence
import PostgresClient

/// What a start asks of the database. A request is told within seconds that there is no connection; a start on a machine that
/// is busy, or beside a PostgreSQL that is, has time.
enum FirstContact {
    private static let longestWait = Duration.seconds(20)
    private static let pause = Duration.milliseconds(200)
    /// Who refuses does so at once: what took longer may come yet.
    private static let longestRefusal = Duration.seconds(1)

    /// Tries again, for a while, where no connection came in time. A database that refuses one is not asked again.
    /// - Parameter body: May run more than once.
    static func patiently<Result: Sendable>(
        refusingWithin longestRefusal: Duration = longestRefusal, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let deadline = ContinuousClock.now + longestWait
        while true {
            let began = ContinuousClock.now
            do {
                return try await body()
            } catch
                where isSlowness(error, after: ContinuousClock.now - began, longestRefusal)
                && ContinuousClock.now < deadline
            {
                try await Task.sleep(for: pause)
            }
        }
    }

    private static func isSlowness(_ error: any Error, after time: Duration, _ longestRefusal: Duration) -> Bool {
        switch error {
        case PostgresError.unreachable: time > longestRefusal
        case PostgresError.poolExhausted, DatabaseError.unavailable: true
        default: false
        }
    }
}
