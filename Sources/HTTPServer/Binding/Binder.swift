import API
import Auth
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Persistence

/// Binds handlers to endpoints: routes, who may ask, reading, validation and the answer's form come from the endpoint.
struct Binder {
    let gate: Gate
    let idempotency: Idempotency
    private(set) var routes: [Route] = []

    init(gate: Gate, idempotency: Idempotency) {
        self.gate = gate
        self.idempotency = idempotency
    }

    /// An endpoint that anybody may call.
    mutating func open<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler: @escaping @Sendable (Call<Parameters, Query, Body>) async throws -> Reply<Success>
    ) throws {
        guard !endpoint.traits.isProtected else { throw BindingError.protectedEndpointLeftOpen(endpoint.traits.id) }
        try bind(endpoint) { call in
            try await call.idempotent?.requireFirst()
            return try await handler(call)
        }
    }

    /// An endpoint for people: those who are signed in, and programs by a key of a person's where its scopes allow it.
    mutating func signedIn<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler: @escaping @Sendable (Call<Parameters, Query, Body>, Principal) async throws -> Reply<Success>
    ) throws {
        let (gate, traits) = (gate, endpoint.traits)
        guard traits.isProtected else { throw BindingError.openEndpointProtected(traits.id) }
        try bind(endpoint) { call in
            let principal = try await gate.principal(of: call.context, for: traits)
            try await call.idempotent?.requireFirst()
            return try await handler(call, principal)
        }
    }

    /// An endpoint for those who are signed in, and for programs by a key, of a person's or of a team's.
    mutating func permitted<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler:
            @escaping @Sendable (Call<Parameters, Query, Body>, any TeamPrincipal) async throws -> Reply<Success>
    ) throws {
        let (gate, traits) = (gate, endpoint.traits)
        guard case .permitted = traits.authentication else { throw BindingError.openEndpointProtected(traits.id) }
        try bind(endpoint) { call in
            let principal = try await gate.teamPrincipal(of: call.context, for: traits)
            try await call.idempotent?.requireFirst()
            return try await handler(call, principal)
        }
    }

    private mutating func bind<Parameters, Query, Body, Success>(
        _ endpoint: Endpoint<Parameters, Query, Body, Success>,
        _ handler: @escaping @Sendable (Call<Parameters, Query, Body>) async throws -> Reply<Success>
    ) throws {
        let prepared = try endpoint.prepared()
        let (gate, idempotency, traits) = (gate, idempotency, endpoint.traits)
        let readsBody = prepared.description.body != nil
        let reader = RequestReader(traits: traits, answers: prepared.description.answers)
        let rules = ResponseRules(traits: traits)
        let names = traits.path.parameterNames
        routes.append(
            Route(traits) { request, context in
                try gate.requireCredential(of: context, for: traits)
                try gate.checkOrigin(of: request, context: context, for: traits)
                try reader.checkHead(of: request)
                let body = readsBody ? try await reader.body(of: request, context: context) : ByteBuffer()
                let path = zip(names, context.pathValues).map { name, value in
                    (name: name, value: value.removingPercentEncoding ?? "")
                }
                let input = try body.withUnsafeReadableBytes { bytes throws in
                    try prepared.read(path: path, query: request.queryPairs, body: bytes)
                }
                let idempotent = IdempotentRequest(
                    request, body: body, context: context, traits: traits, services: idempotency)
                let call = Call(
                    input: input, bytes: body, request: request, context: context, rules: rules, idempotent: idempotent)
                do {
                    return try rules.response(to: request, try await handler(call))
                } catch let repeated as RepeatedRequest {
                    guard let idempotent else { throw repeated }
                    return try idempotent.response(to: repeated)
                }
            })
    }

    /// The routes that were bound, of which all these endpoints must have one.
    /// - Throws: ``BindingError/endpointsWithoutHandler(_:)`` when nothing was bound to some of them.
    func routes(of endpoints: [any DescribedEndpoint]) throws -> [Route] {
        let bound = Set(routes.map(\.traits.id))
        let missing = endpoints.map(\.traits.id).filter { !bound.contains($0) }
        guard missing.isEmpty else { throw BindingError.endpointsWithoutHandler(missing) }
        return routes
    }
}

extension Request {
    /// The pairs of the query string, percent-decoded, in order.
    fileprivate var queryPairs: [(name: String, value: String)] {
        guard head.path?.utf8.contains(UInt8(ascii: "?")) ?? false else { return [] }
        return uri.queryParameters.map { (name: String($0.key), value: String($0.value)) }
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
