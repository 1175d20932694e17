import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import Logging

/// The way of every request, in the order that it is gone: which route, who asks, whether that is within the limits, the
/// route's handler; then what every answer carries.
///
/// One asynchronous function with synchronous steps. A chain of middlewares costs three suspension points each, which on
/// a request that asks the database once were a third of its time.
struct RequestPipeline: HTTPResponder {
    let routes: RouteTree
    let origins: AllowedOrigins
    let credentials: CredentialReader
    let clients: ClientAddress
    let limits: RateLimits
    let observation: Observation
    /// What every answer carries.
    let securityHeaders: HTTPFields

    func respond(to request: Request, context connection: ConnectionContext) async throws -> Response {
        let start = ContinuousClock.now
        let requestID = RequestIDs.next()
        let match = routes.match(request.method, path: request.head.path ?? "")
        var response: Response
        if let preflight = origins.preflight(request) {
            response = preflight
        } else {
            do {
                response = try await answer(request, match, connection, requestID)
            } catch {
                response = ErrorAnswer.response(
                    to: error, request: request, requestID: requestID, logger: connection.logger)
            }
        }
        origins.amend(&response, to: request)
        SecurityHeaders.add(securityHeaders, to: &response.headers)
        response.headers[.requestID] = requestID
        observation.record(
            request, status: response.status, route: match.route, requestID: requestID,
            elapsed: start.duration(to: .now), logger: connection.logger)
        return response
    }

    private func answer(
        _ request: Request, _ match: RouteMatch, _ connection: ConnectionContext, _ requestID: String
    ) async throws -> Response {
        let context = PlinthRequestContext(
            connection, requestID: requestID,
            clientAddress: clients.client(peer: connection.channel.remoteAddress?.ipAddress, headers: request.headers),
            credential: try await credentials.credential(of: request), pathValues: match.values)
        try await limits.take(for: context, route: match.route)
        guard let route = match.route else { throw match.problem }
        let response = try await route.handler(request, context)
        // HEAD is answered wherever GET is, without the body (RFC 9110, section 9.3.2).
        return request.method == .head ? response.createHeadResponse() : response
    }
}
