/// An ``Endpoint`` with its schemas at hand: what a server holds while it runs.
public struct PreparedEndpoint<Parameters, Query, Body, Success>: Sendable
where Parameters: Codable & Sendable, Query: Codable & Sendable, Body: Codable & Sendable, Success: Answer {
    public let description: EndpointDescription
    private let parameters: Schema
    private let query: Schema
    private let body: Schema
    /// What every request is read as where there is nothing to read.
    private let nothing: EndpointInput<Parameters, Query, Body>?

    fileprivate init(_ traits: EndpointTraits) throws {
        parameters = try Schema(recording: Parameters.self)
        query = try Schema(recording: Query.self)
        body = try Schema(recording: Body.self)
        description = EndpointDescription(
            traits: traits, parameters: parameters, query: query,
            body: traits.takesRawBody ? .any : Body.self == Nothing.self ? nil : body,
            answers: try Success.forms())
        nothing =
            if let parameters = Nothing() as? Parameters, let query = Nothing() as? Query, let body = Nothing() as? Body
            {
                EndpointInput(parameters: parameters, query: query, body: body)
            } else { nil }
    }

    /// Reads a request: every error of query and body at once.
    /// - Parameters:
    ///   - path: The values of the path's parameters by name, percent-decoded.
    ///   - query: The pairs of the query string, percent-decoded, in order; unknown names are ignored.
    ///   - bytes: The body; not looked at where the endpoint takes none.
    public func read(
        path: [(name: String, value: String)], query pairs: [(name: String, value: String)],
        body bytes: UnsafeRawBufferPointer
    ) throws(InputFailure) -> EndpointInput<Parameters, Query, Body> {
        if let nothing { return nothing }
        let pathTree = ParameterTree(path, schema: parameters)
        guard pathTree.errors.isEmpty, parameters.validate(pathTree.value).isEmpty else { throw .notFound }
        let queryTree = ParameterTree(pairs, schema: query)
        let bodyTree = try tree(of: bytes)
        let errors = queryTree.errors + query.validate(queryTree.value) + body.validate(bodyTree)
        guard errors.isEmpty else { throw .invalid(errors) }
        return EndpointInput(
            parameters: try decode(pathTree.value), query: try decode(queryTree.value), body: try decode(bodyTree))
    }

    private func tree(of bytes: UnsafeRawBufferPointer) throws(InputFailure) -> JSONValue {
        if description.body == nil || (bytes.isEmpty && description.traits.acceptsEmptyBody) { return [:] }
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw .malformed(error)
        }
    }

    /// What the schema let pass decodes; where a type is stricter than its schema, its place is told all the same.
    private func decode<Value: Decodable>(_ tree: JSONValue) throws(InputFailure) -> Value {
        do {
            return try Value(from: JSONTreeDecoder(tree))
        } catch {
            let path = (error as? DecodingError)?.path ?? []
            throw .invalid([ValidationError(pointer: JSONPointer.make(path), .invalid(.plain))])
        }
    }
}

extension Endpoint {
    /// Learns the schemas of its types, once, when a server starts.
    /// - Throws: ``SchemaRecordingError`` for a type that can't be on the wire: a mistake in the program, found by tests.
    public func prepared() throws -> PreparedEndpoint<Parameters, Query, Body, Success> {
        try PreparedEndpoint(traits)
    }
}

/// What a handler is given.
public struct EndpointInput<Parameters: Sendable, Query: Sendable, Body: Sendable>: Sendable {
    public let parameters: Parameters
    public let query: Query
    public let body: Body

    public init(parameters: Parameters, query: Query, body: Body) {
        self.parameters = parameters
        self.query = query
        self.body = body
    }
}

extension DecodingError {
    fileprivate var path: [String] {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.map(\.stringValue)
        case .keyNotFound(let key, let context):
            context.codingPath.map(\.stringValue) + [key.stringValue]
        @unknown default:
            []
        }
    }
}
