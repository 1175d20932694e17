/// The description of an API in OpenAPI 3.1, made of its endpoints.
public enum OpenAPIDocument {
    /// What the endpoints don't say.
    public struct Info: Sendable {
        public let title: String
        public let version: String
        public let summary: String
        /// Where the API is found, without a slash at the end.
        public let serverURL: String

        public init(title: String, version: String, summary: String, serverURL: String) {
            self.title = title
            self.version = version
            self.summary = summary
            self.serverURL = serverURL
        }
    }

    /// The whole document. The same endpoints always give the same bytes.
    public static func render(endpoints: [EndpointDescription], info: Info) throws -> JSONValue {
        var schemas = SchemaComponents()
        let problem = schemas.reference(to: try Schema(recording: Problem.self), .response)
        var paths = JSONObject()
        for path in unique(endpoints.map(\.path.description)) {
            var item = JSONObject()
            for endpoint in endpoints where endpoint.path.description == path {
                let operation = Operation(endpoint, problem: problem, schemas: &schemas)
                item.append(endpoint.method.rawValue.lowercased(), operation.json)
            }
            paths.append(path, .object(item))
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(info.title), "version": .string(info.version), "description": .string(info.summary),
            ],
            "servers": [["url": .string(info.serverURL)]],
            "tags": .array(unique(endpoints.map(\.traits.tag)).map { ["name": .string($0)] }),
            "paths": .object(paths),
            "components": [
                "schemas": schemas.json,
                "parameters": HeaderParameters.components,
                "headers": ResponseHeaders.components,
                "securitySchemes": Security.components,
            ],
        ]
    }

    /// The document as it is served.
    public static func encode(endpoints: [EndpointDescription], info: Info) throws -> [UInt8] {
        JSONWriter.encode(try render(endpoints: endpoints, info: info))
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}
