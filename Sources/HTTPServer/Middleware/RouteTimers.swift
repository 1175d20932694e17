import HTTPTypes
import Metrics
import Synchronization

/// The timer of each route, method and status: made once, since making one asks the metrics system.
///
/// Bounded by the routes there are: no part of a key comes from outside but the method, and one that is no method of
/// ours counts as `other`.
final class RouteTimers: Sendable {
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    private struct Key: Hashable {
        let method: HTTPRequest.Method
        let route: String
        let status: Int
    }

    private let timers = Mutex<[Key: Metrics.Timer]>([:])

    func timer(method: HTTPRequest.Method, route: String, status: HTTPResponse.Status) -> Metrics.Timer {
        let known = Self.methods.contains(method) ? method : nil
        let key = Key(method: known ?? .connect, route: route, status: status.code)
        return timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = Metrics.Timer(
                label: "http_request_duration",
                dimensions: [
                    ("method", known?.rawValue ?? "other"), ("route", route), ("status", String(status.code)),
                ])
            timers[key] = timer
            return timer
        }
    }
}
