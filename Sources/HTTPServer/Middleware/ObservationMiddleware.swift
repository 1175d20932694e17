import Core
import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// Counts, times and logs each exchange under its route, never under the raw path.
struct ObservationMiddleware: RouterMiddleware {
    private static let serverErrors = 500...

    private let timers = RouteTimers()

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        let elapsed = start.duration(to: .now)
        timers.timer(method: request.method, route: context.endpointPath ?? "none", status: response.status)
            .recordNanoseconds(elapsed.microseconds * 1000)
        // A client that hangs up is no failure of ours.
        let isFailure = Self.serverErrors.contains(response.status.code) && !Task.isCancelled
        let level: Logger.Level = isFailure ? .error : .debug
        if context.logger.logLevel <= level {
            context.logger.log(
                level: level, "\(request.method.rawValue) \(context.endpointPath ?? "unknown route")",
                metadata: [
                    "request_id": "\(context.requestID)", "status": "\(response.status.code)",
                    "ms": "\(elapsed.microseconds / 1000)",
                ])
        }
        return response
    }
}
