/// What a JSON value must look like: what bodies are validated by and what the OpenAPI description shows.
public struct Schema: Sendable {
    public indirect enum Kind: Sendable {
        /// A text under rules; `accepts` says whether the type that reads it takes it.
        case text(TextRules, accepts: @Sendable (String) -> Bool)
        /// One of these texts.
        case choice([String])
        case integer(ClosedRange<Int64>)
        case number
        case boolean
        case list(of: Schema, count: ClosedRange<Int>)
        case object([Property])
        /// One of several forms.
        case oneOf([Schema])
        /// Any JSON at all.
        case any
    }

    /// A member of an object.
    public struct Property: Sendable {
        public let name: String
        public let schema: Schema
        /// Whether it may be absent from what a caller sends; absent and null are the same.
        public let isOptional: Bool

        public init(_ name: String, _ schema: Schema, isOptional: Bool = false) {
            self.name = name
            self.schema = schema
            self.isOptional = isOptional
        }
    }

    public var kind: Kind
    public var isNullable = false
    /// Under which name the description lists it; nil for what has none of its own.
    public var name: String?
    public var summary: String?
    /// A value that is valid: shown in the description, and what the recorder decodes to get past a field.
    public var example: JSONValue?
    /// Whether it is only ever sent to the server: passwords and tokens.
    public var isWriteOnly = false
    /// What else is wrong with a value, such as between two members; asked whatever its parts are. Pointers begin at the value.
    public var condition: (@Sendable (JSONValue) -> [ValidationError])?

    public init(
        _ kind: Kind, name: String? = nil, summary: String? = nil, example: JSONValue? = nil, isWriteOnly: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.summary = summary
        self.example = example
        self.isWriteOnly = isWriteOnly
    }

    /// Any value: what a JSON tree is.
    public static let any = Schema(.any)
    /// An object without members.
    public static let empty = Schema(.object([]))

    /// The members of an object; none for anything else.
    public var properties: [Property] {
        if case .object(let properties) = kind { properties } else { [] }
    }
}

/// A type that knows its own schema, where running its decoder could not tell it.
public protocol SchemaProviding: Codable {
    /// With an ``Schema/example`` that the type decodes.
    static var schema: Schema { get }
}

extension JSONValue: SchemaProviding {
    public static var schema: Schema { Schema(.any, example: .null) }
}
