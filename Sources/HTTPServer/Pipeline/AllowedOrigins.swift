import HTTPTypes
import Hummingbird

/// Lets pages of listed origins call the API (the CORS protocol of the Fetch standard). Nothing is reflected: an origin
/// is on the list or it gets no header.
struct AllowedOrigins: Sendable {
    /// How long a browser may remember a preflight, in seconds.
    private static let preflightMaxAge = "600"
    private static let methods = "GET, POST, PUT, PATCH, DELETE"
    private static let requestHeaders = "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key"
    private static let responseHeaders =
        "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID"

    let origins: Set<String>

    /// The whole answer to a browser that asks beforehand, for an origin on the list.
    func preflight(_ request: Request) -> Response? {
        guard isPreflight(request), listedOrigin(of: request) != nil else { return nil }
        return Response(status: .noContent)
    }

    /// Adds what lets a page of a listed origin read the answer.
    func amend(_ response: inout Response, to request: Request) {
        guard !origins.isEmpty else { return }
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = listedOrigin(of: request) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlAllowCredentials] = "true"
        if isPreflight(request) {
            response.headers[.accessControlAllowMethods] = Self.methods
            response.headers[.accessControlAllowHeaders] = Self.requestHeaders
            response.headers[.accessControlMaxAge] = Self.preflightMaxAge
        } else {
            response.headers[.accessControlExposeHeaders] = Self.responseHeaders
        }
    }

    private func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request.headers.contains(.accessControlRequestMethod)
    }

    private func listedOrigin(of request: Request) -> String? {
        guard !origins.isEmpty, let origin = request.headers[.origin], origins.contains(origin) else { return nil }
        return origin
    }
}
