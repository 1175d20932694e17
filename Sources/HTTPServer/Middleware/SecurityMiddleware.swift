import HTTPTypes
import Hummingbird

/// Adds the security headers to every response.
struct SecurityMiddleware: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers.append(contentsOf: SecurityHeaders.api)
        if isSecure { response.headers.append(contentsOf: SecurityHeaders.strictTransport) }
        return response
    }
}
