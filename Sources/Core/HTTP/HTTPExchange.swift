/// What answers HTTP requests without a connection: a stand-in for a service outside, called in process or mounted in the
/// server.
public struct HTTPExchange: Sendable {
    /// A field of a head, as it is sent.
    public typealias Field = (name: String, value: String)

    private let answer: @Sendable (Request) async throws -> Response

    public init(_ answer: @escaping @Sendable (Request) async throws -> Response) {
        self.answer = answer
    }

    /// - Throws: What the stand-in throws, which is to whoever called as if no answer had come.
    public func respond(to request: Request) async throws -> Response {
        try await answer(request)
    }

    /// Prints neither its fields, which hold credentials, nor its body.
    public struct Request: Sendable {
        /// In upper case: `GET`.
        public let method: String
        /// From the slash on, percent-encoded, without the query.
        public let path: String
        /// What follows the question mark, still encoded; nil where there is none.
        public let query: String?
        public let fields: [Field]
        public let body: [UInt8]

        public init(
            method: String, path: String, query: String? = nil, fields: [Field] = [], body: [UInt8] = []
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.fields = fields
            self.body = body
        }

        /// The value of the first field of this name, in whatever case.
        public func field(_ name: String) -> String? { HTTPExchange.field(name, of: fields) }
    }

    public struct Response: Sendable {
        public let status: Int
        public let fields: [Field]
        public let body: [UInt8]

        public init(status: Int, fields: [Field] = [], body: [UInt8] = []) {
            self.status = status
            self.fields = fields
            self.body = body
        }

        /// The value of the first field of this name, in whatever case.
        public func field(_ name: String) -> String? { HTTPExchange.field(name, of: fields) }
    }

    private static func field(_ name: String, of fields: [Field]) -> String? {
        let name = name.lowercased()
        return fields.first { $0.name.lowercased() == name }?.value
    }
}

extension HTTPExchange.Request: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(method) \(path)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["method": method, "path": path]) }
}
