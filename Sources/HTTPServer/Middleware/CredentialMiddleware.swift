import Hummingbird

/// Learns who asks, as far as the request itself tells.
struct CredentialMiddleware: RouterMiddleware {
    let reader: CredentialReader
    let clients: ClientAddress

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.clientAddress = clients.client(peer: context.channel.remoteAddress?.ipAddress, headers: request.headers)
        context.credential = try await reader.credential(of: request)
        return try await next(request, context)
    }
}
