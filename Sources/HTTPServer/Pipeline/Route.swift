import API
import HTTPTypes
import Hummingbird

/// An endpoint with the handler bound to it.
final class Route: Sendable {
    typealias Handler = @Sendable (Request, PlinthRequestContext) async throws -> Response

    let traits: EndpointTraits
    let handler: Handler
    let timers: RouteTimers

    init(_ traits: EndpointTraits, handler: @escaping Handler) {
        self.traits = traits
        self.handler = handler
        timers = RouteTimers(route: traits.path.description)
    }
}
