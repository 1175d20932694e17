import API
import Auth
import Core
import HTTPTypes

/// Limits how much one principal, or one address without a principal, may ask in a minute.
struct RateLimits: Sendable {
    /// An address without a principal has this part of a principal's requests.
    private static let addressShare = 5
    private static let windowInSeconds = 60

    let limiter: RequestLimiter
    let perMinute: Int

    /// Counts the request against the general limit and the route's own.
    /// - Throws: ``ProblemError`` when one of them is used up.
    func take(for context: PlinthRequestContext, route: Route?) async throws {
        if route?.traits.isUnlimited == true { return }
        let (key, limit) = subject(of: context)
        try await take(key, limit: limit)
        if let route, let own = route.traits.rateLimit {
            try await take("\(route.method.rawValue) \(route.traits.path) \(key)", limit: own.perMinute)
        }
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
        if let principal = context.credential.principal { return (principal, perMinute) }
        let block = context.clientAddress.flatMap { AddressBlock($0) }?.description ?? "unknown"
        return ("address:\(block)", max(1, perMinute / Self.addressShare))
    }
}
