import HTTPTypes
import Hummingbird

/// Lets pages of listed origins call the API (the CORS protocol of the Fetch standard). Nothing is reflected: an origin
/// is on the list or it gets no header.
struct AllowedOriginsMiddleware: RouterMiddleware {
    /// How long a browser may remember a preflight, in seconds.
    private static let preflightMaxAge = "600"
    private static let methods = "GET, POST, PUT, PATCH, DELETE"
    private static let requestHeaders = "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key"
    private static let responseHeaders =
        "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID"

    let origins: Set<String>

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        guard !origins.isEmpty else { return try await next(request, context) }
        let origin = request.headers[.origin].flatMap { origins.contains($0) ? $0 : nil }
        let isPreflight = request.method == .options && request.headers.contains(.accessControlRequestMethod)
        var response =
            origin != nil && isPreflight ? Response(status: .noContent) : try await next(request, context)
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin else { return response }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlAllowCredentials] = "true"
        if isPreflight {
            response.headers[.accessControlAllowMethods] = Self.methods
            response.headers[.accessControlAllowHeaders] = Self.requestHeaders
            response.headers[.accessControlMaxAge] = Self.preflightMaxAge
        } else {
            response.headers[.accessControlExposeHeaders] = Self.responseHeaders
        }
        return response
    }
}
