/// A JSON number as it was written, so that nothing is lost before its reader says what it wants.
///
/// Two numbers are equal when their texts are: `1` and `1.0` differ.
public struct JSONNumber: Sendable, Hashable {
    /// What a `Double` counts without gaps: 2^53.
    private static let exactLimit = 9_007_199_254_740_992.0

    /// The text, in the grammar of RFC 8259 section 6.
    public let text: String

    /// Takes over a text that was checked against the grammar.
    init(unchecked text: String) {
        self.text = text
    }

    public init(_ value: some FixedWidthInteger) {
        text = String(value)
    }

    /// Nil for infinities and NaN, which JSON can't write.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// The value as an integer of the type; nil where it has a fraction or does not fit. `1.0` and `1e2` are integers,
    /// as JSON Schema has it, up to 2^53.
    public func exactly<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) -> Integer? {
        if let value = Integer(text) { return value }
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }),
            let value = double, abs(value) <= Self.exactLimit
        else { return nil }
        return Integer(exactly: value)
    }

    /// The nearest `Double`; nil beyond its range.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
