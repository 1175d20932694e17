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

    let limiter: RequestLimiter
    let perMinute: Int

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        guard !Self.exempt.contains(request.uri.path) else { return try await next(request, context) }
        let (key, limit) = subject(of: context)
        let taken =
            if let quick = limiter.takeLocally(key, limit: limit) { quick } else {
                try await limiter.take(key, limit: limit)
            }
        guard taken.allowed else {
            throw ProblemError(
                .rateLimited,
                headers: [
                    .retryAfter: String(max(1, taken.resetAfter.secondsRoundedUp)),
                    .rateLimitPolicy: "\"minute\";q=\(limit);w=\(Self.windowInSeconds)",
                    .rateLimit: "\"minute\";r=\(taken.remaining);t=\(max(1, taken.resetAfter.secondsRoundedUp))",
                ])
        }
        return try await next(request, context)
    }

    private func subject(of context: PlinthRequestContext) -> (key: String, limit: Int) {
        if let user = context.credential.claims?.userID { return ("user:\(user)", perMinute) }
        let block = context.clientAddress.flatMap { AddressBlock($0) }?.description ?? "unknown"
        return ("address:\(block)", max(1, perMinute / Self.addressShare))
    }
}
