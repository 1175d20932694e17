/// Everything about an ``Endpoint`` without its types.
public struct EndpointDescription: Sendable {
    public let traits: EndpointTraits
    /// The parameters of the path.
    public let parameters: [Schema.Property]
    /// The parameters of the query string.
    public let query: [Schema.Property]
    /// Nil where no body is read.
    public let body: Schema?
    /// How it answers when it succeeds.
    public let answers: [AnswerForm]
    /// Every way it can fail, by status.
    public let errors: [ProblemCode]

    public var id: String { traits.id }
    public var method: EndpointMethod { traits.method }
    public var path: PathTemplate { traits.path }

    init(traits: EndpointTraits, parameters: Schema, query: Schema, body: Schema?, answers: [AnswerForm]) {
        self.traits = traits
        self.parameters = parameters.properties
        self.query = query.properties
        self.body = body
        self.answers = answers
        errors = Self.errors(
            of: traits, hasParameters: !parameters.properties.isEmpty, hasQuery: !query.properties.isEmpty,
            hasBody: body != nil)
    }

    private static func errors(
        of traits: EndpointTraits, hasParameters: Bool, hasQuery: Bool, hasBody: Bool
    ) -> [ProblemCode] {
        var errors: Set<ProblemCode> = [.internalError, .overloaded, .unavailable, .notAcceptable]
        if !traits.isUnlimited { errors.insert(.rateLimited) }
        errors.formUnion(traits.errors)
        // Whatever wants a fresh session wants the person's own.
        if traits.errors.contains(.reauthenticationRequired) { errors.insert(.impersonating) }
        if hasParameters { errors.insert(.notFound) }
        if hasQuery { errors.insert(.validationFailed) }
        if hasBody {
            errors.formUnion([
                .malformedRequest, .payloadTooLarge, .unsupportedMediaType, .validationFailed, .requestTimeout,
            ])
        }
        if traits.authentication.isRequired {
            errors.formUnion([.unauthenticated, .sessionExpired, .sessionRevoked, .accountSuspended])
            if !traits.admitsPendingDeletion { errors.insert(.accountPendingDeletion) }
            // An API key that may not, or somebody who does not administer the installation.
            errors.insert(.forbidden)
        }
        // Administrators have a second factor, and act as themselves.
        if traits.authentication == .superuser { errors.formUnion([.secondFactorRequired, .impersonating]) }
        if !traits.method.isSafe { errors.insert(.csrfFailed) }
        if traits.takesIdempotencyKey {
            errors.formUnion([.malformedRequest, .idempotencyInProgress, .idempotencyMismatch])
        }
        if traits.entityTag == .matched { errors.insert(.preconditionFailed) }
        return errors.sorted { ($0.status, $0.rawValue) < ($1.status, $1.rawValue) }
    }
}

/// An ``Endpoint`` of any types.
public protocol DescribedEndpoint: Sendable {
    var traits: EndpointTraits { get }

    /// Learns the schemas of its types.
    /// - Throws: ``SchemaRecordingError`` for a type that can't be on the wire: a mistake in the program, found by tests.
    func described() throws -> EndpointDescription
}

extension Endpoint: DescribedEndpoint {
    public func described() throws -> EndpointDescription {
        try prepared().description
    }
}
