/// A text that was checked when it was read: a value of the type is valid. `Codable` and a schema come with it.
public protocol ConstrainedText: SchemaProviding, Sendable {
    /// Nil for a text that isn't one.
    init?(_ text: String)
    var text: String { get }

    static var rules: TextRules { get }
    static var example: String { get }
    /// Whether it is a secret that is never sent back.
    static var isWriteOnly: Bool { get }
}

extension ConstrainedText {
    public static var isWriteOnly: Bool { false }

    public static var schema: Schema {
        Schema(
            .text(rules, accepts: { Self($0) != nil }), example: .string(example), isWriteOnly: isWriteOnly)
    }

    public init(from decoder: any Decoder) throws {
        guard let value = Self(try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a text of this type"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
