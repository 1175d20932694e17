import HTTPTypes
import Metrics
import Synchronization

/// The timers of one route by method and status: made once, since making one asks the metrics system.
///
/// Bounded: no part of a key comes from outside but the method, and one that is no method of ours counts as `other`.
final class RouteTimers: Sendable {
    private static let methods: [HTTPRequest.Method] = [.get, .post, .patch, .delete, .put, .head, .options]

    private struct Key: Hashable {
        /// In ``methods``; beyond its end for any other.
        let method: Int
        let status: Int
    }

    private let route: String
    private let timers = Mutex<[Key: Metrics.Timer]>([:])

    init(route: String) {
        self.route = route
    }

    func timer(method: HTTPRequest.Method, status: HTTPResponse.Status) -> Metrics.Timer {
        let index = Self.methods.firstIndex(of: method)
        let key = Key(method: index ?? Self.methods.count, status: status.code)
        return timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = Metrics.Timer(
                label: "http_request_duration",
                dimensions: [
                    ("method", index == nil ? "other" : method.rawValue), ("route", route),
                    ("status", String(status.code)),
                ])
            timers[key] = timer
            return timer
        }
    }
}
