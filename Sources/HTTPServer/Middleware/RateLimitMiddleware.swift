import API
import Auth
import Core
import HTTPTypes
import Hummingbird

/// Limits how much one principal, or one address without a principal, may ask in a minute.
struct RateLimitMiddleware: RouterMiddleware {
    /// An address without a principal has this part of a principal's requests.
    private static let addressShare = 5
    private static let windowInSeconds = 60
    /// Asked by machines that must not be turned away.
    private static let exempt: Set<String> = ["/health/live", "/health/ready"]

    private let limiter: RequestLimiter
    private let perMinute: Int
    /// Limits of endpoints' own, by method and route.
    private let ownLimits: [String: Int]

    /// - Parameter endpoints: Those whose own limits hold besides the general one.
    init(limiter: RequestLimiter, perMinute: Int, endpoints: [any DescribedEndpoint]) {
        self.limiter = limiter
        self.perMinute = perMinute
        ownLimits = endpoints.reduce(into: [:]) { limits, endpoint in
            let traits = endpoint.traits
            guard let limit = traits.rateLimit else { return }
            limits["\(traits.method.rawValue) \(traits.path)"] = limit.perMinute
        }
    }

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        guard !Self.exempt.contains(request.uri.path) else { return try await next(request, context) }
        let (key, limit) = subject(of: context)
        try await take(key, limit: limit)
        if !ownLimits.isEmpty, let path = context.endpointPath {
            // HEAD runs the handler of GET.
            let method = request.method == .head ? HTTPRequest.Method.get : request.method
            let route = "\(method.rawValue) \(path)"
            if let own = ownLimits[route] { try await take("\(route) \(key)", limit: own) }
        }
        return try await next(request, context)
    }

    private func take(_ key: String, limit: Int) async throws {
        let taken =
            if let quick = limiter.takeLocally(key, limit: limit) { quick } else {
                try await limiter.take(key, limit: limit)
            }
        guard !taken.allowed else { return }
        let seconds = max(1, taken.resetAfter.secondsRoundedUp)
        throw ProblemError(
            .rateLimited,
            headers: [
                .retryAfter: String(seconds),
                .rateLimitPolicy: "\"minute\";q=\(limit);w=\(Self.windowInSeconds)",
                .rateLimit: "\"minute\";r=\(taken.remaining);t=\(seconds)",
            ])
    }

    private func subject(of context: PlinthRequestContext) -> (key: String, limit: Int) {
        if let user = context.credential.claims?.userID { return ("user:\(user)", perMinute) }
        let block = context.clientAddress.flatMap { AddressBlock($0) }?.description ?? "unknown"
        return ("address:\(block)", max(1, perMinute / Self.addressShare))
    }
}
