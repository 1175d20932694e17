/// Something that can be asked over HTTP, as a value: what it takes, what it answers, who may ask.
///
/// The server binds a handler to it and validates by it, the OpenAPI description and the client are made from it.
/// `Parameters` are those of the path, `Query` those of the query string; ``Nothing`` where there are none.
public struct Endpoint<Parameters, Query, Body, Success>: Sendable
where Parameters: Codable & Sendable, Query: Codable & Sendable, Body: Codable & Sendable, Success: Answer {
    public let traits: EndpointTraits

    public init(
        _ method: EndpointMethod, _ path: PathTemplate, id: String, tag: String, summary: String,
        authentication: Authentication, errors: [ProblemCode] = [], configure: (inout EndpointTraits) -> Void = { _ in }
    ) {
        var traits = EndpointTraits(
            method: method, path: path, id: id, tag: tag, summary: summary, authentication: authentication,
            errors: errors)
        configure(&traits)
        self.traits = traits
    }
}

/// What no type of an ``Endpoint`` says.
public struct EndpointTraits: Sendable {
    public let method: EndpointMethod
    public let path: PathTemplate
    /// Unique among all endpoints; the operation's name in the description and the client.
    public let id: String
    /// The feature it belongs to.
    public let tag: String
    public let summary: String
    public let authentication: Authentication
    /// Its own errors; those that its nature brings along are added in ``EndpointDescription/errors``.
    public let errors: [ProblemCode]

    public var bodyLimit = BodyLimit.standard
    /// Whether an empty body counts as `{}`.
    public var acceptsEmptyBody = false
    /// Whether the body is handed on as its bytes: a signature covers them.
    public var takesRawBody = false
    /// Whether the handler reads the body itself, piece by piece, whatever its type.
    public var streamsBody = false
    public var entityTag: EntityTagUse
    public var rateLimit: RateLimit?
    /// Whether it may be asked without limit: by machines that must not be turned away.
    public var isUnlimited = false
    /// Whether somebody may call it whose account is about to be deleted.
    public var admitsPendingDeletion = false
    /// Whether HEAD is answered where GET is: not where asking has an effect.
    public var answersHead = true
    /// Whether it exists in development only.
    public var isDevelopmentOnly = false
    /// Whether the answer carries a credential and may not be stored anywhere.
    public var carriesCredentials = false

    init(
        method: EndpointMethod, path: PathTemplate, id: String, tag: String, summary: String,
        authentication: Authentication, errors: [ProblemCode]
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.tag = tag
        self.summary = summary
        self.authentication = authentication
        self.errors = errors
        entityTag =
            switch method {
            case .get: .sent
            case .put, .patch, .delete: .matched
            case .post: .none
            }
    }

    /// Whether an `Idempotency-Key` is honoured: on every POST but those whose sender has a key of its own in the body.
    public var takesIdempotencyKey: Bool { method == .post && !takesRawBody }
}

/// No parameters, no query or no body.
public struct Nothing: Codable, Sendable, Equatable {
    public init() {}
    public init(from decoder: any Decoder) throws {}
}

extension Nothing: SchemaProviding {
    public static var schema: Schema { Schema(.object([]), example: [:]) }
}
