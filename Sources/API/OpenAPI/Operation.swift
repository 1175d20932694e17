import Core

/// One operation of the description.
struct Operation {
    let json: JSONValue

    init(_ endpoint: EndpointDescription, problem: JSONValue, schemas: inout SchemaComponents) {
        let traits = endpoint.traits
        var operation = JSONObject()
        operation.append("operationId", .string(traits.id))
        operation.append("tags", [.string(traits.tag)])
        operation.append("summary", .string(traits.summary))
        operation.append("security", Security.requirements(of: traits.authentication))
        let parameters = Self.parameters(of: endpoint, schemas: &schemas)
        if !parameters.isEmpty { operation.append("parameters", .array(parameters)) }
        if let body = endpoint.body {
            operation.append(
                "requestBody",
                [
                    "required": .bool(!traits.acceptsEmptyBody),
                    "description": .string("At most \(traits.bodyLimit.bytes) bytes."),
                    "content": ["application/json": ["schema": schemas.reference(to: body, .request)]],
                ])
        }
        operation.append("responses", Self.responses(of: endpoint, problem: problem, schemas: &schemas))
        if let limit = traits.rateLimit {
            operation.append("x-rate-limit-per-minute", .number(JSONNumber(limit.perMinute)))
        }
        if traits.isDevelopmentOnly { operation.append("x-development-only", true) }
        json = .object(operation)
    }

    private static func parameters(
        of endpoint: EndpointDescription, schemas: inout SchemaComponents
    ) -> [JSONValue] {
        var parameters: [JSONValue] = []
        for (place, properties) in [("path", endpoint.parameters), ("query", endpoint.query)] {
            for property in properties {
                parameters.append([
                    "name": .string(property.name), "in": .string(place), "required": .bool(!property.isOptional),
                    "schema": schemas.reference(to: property.schema, .request),
                ])
            }
        }
        return parameters + HeaderParameters.references(for: endpoint.traits)
    }

    private static func responses(
        of endpoint: EndpointDescription, problem: JSONValue, schemas: inout SchemaComponents
    ) -> JSONValue {
        var responses: [Int: Response] = [:]
        for form in endpoint.answers {
            let schema = form.schema.map { schemas.reference(to: $0, .response) }
            responses[form.status, default: Response(form.status)].add(form, schema: schema, traits: endpoint.traits)
        }
        if endpoint.traits.entityTag == .sent {
            responses[304] = Response(304, summary: "Not changed since If-None-Match.")
        }
        for code in endpoint.errors {
            responses[code.status, default: Response(code.status)].add(code, schema: problem)
        }
        var object = JSONObject()
        for (status, response) in responses.sorted(by: { $0.key < $1.key }) {
            object.append(String(status), response.json)
        }
        return .object(object)
    }
}

/// What is answered under one status: a body of success, a problem, or either.
private struct Response {
    private let status: Int
    private var summaries: [String] = []
    private var headers = JSONObject()
    /// The schemas of bodies by their media type, in order.
    private var content: [(mediaType: String, schemas: [JSONValue])] = []
    private var codes: [JSONValue] = []

    init(_ status: Int, summary: String? = nil) {
        self.status = status
        summaries = summary.map { [$0] } ?? []
    }

    mutating func add(_ form: AnswerForm, schema: JSONValue?, traits: EndpointTraits) {
        summaries.append(form.summary)
        if let schema { add(schema, as: form.mediaType) }
        if status == 201 || status == 302 { headers.append("Location", ResponseHeaders.reference("Location")) }
        if traits.entityTag == .sent { headers.append("ETag", ResponseHeaders.reference("ETag")) }
    }

    mutating func add(_ code: ProblemCode, schema: JSONValue) {
        summaries.append("`\(code.rawValue)`: \(code.detail(in: .english))")
        add(schema, as: Problem.mediaType)
        codes.append(.string(code.rawValue))
        if status == 401 { headers.append("WWW-Authenticate", ResponseHeaders.reference("WWW-Authenticate")) }
        if status == 429 || status == 503 { headers.append("Retry-After", ResponseHeaders.reference("Retry-After")) }
    }

    private mutating func add(_ schema: JSONValue, as mediaType: String) {
        guard let index = content.firstIndex(where: { $0.mediaType == mediaType }) else {
            return content.append((mediaType, [schema]))
        }
        if !content[index].schemas.contains(schema) { content[index].schemas.append(schema) }
    }

    private var contentJSON: JSONObject {
        content.reduce(into: JSONObject()) { object, part in
            let schema = part.schemas.count == 1 ? part.schemas[0] : ["anyOf": .array(part.schemas)]
            object.append(part.mediaType, ["schema": schema])
        }
    }

    var json: JSONValue {
        var response = JSONObject()
        response.append("description", .string(summaries.joined(separator: "\n\n")))
        if !headers.members.isEmpty { response.append("headers", .object(headers)) }
        if !content.isEmpty { response.append("content", .object(contentJSON)) }
        if !codes.isEmpty { response.append("x-problem-codes", .array(codes)) }
        return .object(response)
    }
}
