import API
import Core
import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// Counts, times and logs each exchange under its route, never under the raw path.
struct Observation: Sendable {
    private static let serverErrors = 500...

    /// Of requests that no route is for.
    private let unrouted = RouteTimers(route: "none")

    func record(
        _ request: Request, status: HTTPResponse.Status, route: Route?, requestID: String, elapsed: Duration,
        logger: Logger
    ) {
        (route?.timers ?? unrouted).timer(method: request.method, status: status)
            .recordNanoseconds(elapsed.microseconds * 1000)
        // A client that hangs up is no failure of ours.
        let isFailure = Self.serverErrors.contains(status.code) && !Task.isCancelled
        let level: Logger.Level = isFailure ? .error : .debug
        guard logger.logLevel <= level else { return }
        logger.log(
            level: level, "\(request.method.rawValue) \(route?.traits.path.description ?? "unknown route")",
            metadata: [
                "request_id": "\(requestID)", "status": "\(status.code)", "ms": "\(elapsed.microseconds / 1000)",
            ])
    }
}
