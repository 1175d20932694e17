import API
import Auth
import Foundation
import HTTPTypes
import Hummingbird

/// Binds handlers to endpoints: routes, who may ask, reading, validation and the answer's form come from the endpoint.
struct Binder {
    let router: Router<PlinthRequestContext>
    let gate: Gate
    private(set) var bound: Set<String> = []

    init(router: Router<PlinthRequestContext>, gate: Gate) {
        self.router = router
        self.gate = gate
    }

    /// An endpoint that anybody may call.
    mutating func open<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler: @escaping @Sendable (Call<Parameters, Query, Body>) async throws -> Reply<Success>
    ) throws {
        guard !endpoint.traits.isProtected else { throw BindingError.protectedEndpointLeftOpen(endpoint.traits.id) }
        try bind(endpoint) { call in try await handler(call) }
    }

    /// An endpoint for those who are signed in.
    mutating func signedIn<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler: @escaping @Sendable (Call<Parameters, Query, Body>, Principal) async throws -> Reply<Success>
    ) throws {
        let (gate, traits) = (gate, endpoint.traits)
        guard traits.isProtected else { throw BindingError.openEndpointProtected(traits.id) }
        try bind(endpoint) { call in
            let principal = try await gate.principal(of: call.context, for: traits)
            return try await handler(call, principal)
        }
    }

    private mutating func bind<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler: @escaping @Sendable (Call<Parameters, Query, Body>) async throws -> Reply<Success>
    ) throws {
        let prepared = try endpoint.prepared()
        let (gate, traits) = (gate, endpoint.traits)
        let reader = RequestReader(traits: traits, readsBody: prepared.description.body != nil)
        let writer = ResponseRules(traits: traits)
        let names = traits.path.parameterNames
        router.on(RouterPath(traits.path.description), method: .init(rawValue: traits.method.rawValue) ?? .get) {
            request, context in
            try gate.requireCredential(of: context, for: traits)
            try gate.checkOrigin(of: request, context: context, for: traits)
            let body = try await reader.body(of: request, context: context)
            let path = names.map { (name: $0, value: context.parameters.get($0)?.removingPercentEncoding ?? "") }
            let query = request.uri.queryParameters.map { (name: String($0.key), value: String($0.value)) }
            let input = try body.withUnsafeReadableBytes { bytes throws in
                try prepared.read(path: path, query: query, body: bytes)
            }
            let reply = try await handler(Call(input: input, request: request, context: context))
            return try writer.response(to: request, reply)
        }
        bound.insert(traits.id)
    }

    /// - Throws: ``BindingError/endpointsWithoutHandler(_:)`` when nothing was bound to some of them.
    func requireHandlers(of endpoints: [any DescribedEndpoint]) throws {
        let missing = endpoints.map(\.traits.id).filter { !bound.contains($0) }
        guard missing.isEmpty else { throw BindingError.endpointsWithoutHandler(missing) }
    }
}

/// A mistake in the program: the server does not start with it.
enum BindingError: Error, Equatable {
    case endpointsWithoutHandler([String])
    /// It wants somebody who is signed in, and its handler does not ask who.
    case protectedEndpointLeftOpen(String)
    /// It is said to be for anybody, and its handler wants somebody who is signed in.
    case openEndpointProtected(String)
}
