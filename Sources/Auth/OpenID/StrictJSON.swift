import Core

/// A JSON text (RFC 8259) of somebody else, read so that it can mean one thing only: no member twice in an object
/// (RFC 7515 section 4, RFC 7519 section 4), where Foundation's parsers silently take one of them, and no lone
/// surrogate.
enum StrictJSON: Equatable, Sendable {
    /// Objects and arrays inside one another, the outermost included.
    static let deepest = 8

    case object([String: StrictJSON])
    case array([StrictJSON])
    case text(String)
    /// As it is written: no detour over floating point.
    case number(String)
    case bool(Bool)
    case null

    /// The members of the object that the bytes are, or nil when they are anything else.
    static func members(of bytes: [UInt8]) -> [String: StrictJSON]? {
        var reader = StrictJSONReader(bytes)
        guard case .object(let members) = reader.value(depth: deepest), reader.isAtEnd else { return nil }
        return members
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The elements of an array that holds texts only.
    var texts: [String]? {
        guard case .array(let elements) = self else { return nil }
        let texts = elements.compactMap(\.text)
        return texts.count == elements.count ? texts : nil
    }

    /// A NumericDate (RFC 7519 section 2), fractions of the second cut off. Nil for signs, exponents and numbers that
    /// no clock reaches.
    var moment: Timestamp? {
        guard case .number(let literal) = self, literal.utf8.allSatisfy(Self.isDigitOrPoint) else { return nil }
        let whole = literal.utf8.prefix { $0 != UInt8(ascii: ".") }
        guard whole.count <= Self.mostDigits else { return nil }
        return Timestamp(seconds: whole.reduce(0) { $0 * 10 + Int64($1 & 0xF) })
    }

    /// Seconds of 12 digits fit a `Timestamp` and reach beyond any use.
    private static let mostDigits = 12

    private static func isDigitOrPoint(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
    }
}

extension String {
    /// Whether both are the same bytes. `==` takes the Kelvin sign for a K, as Unicode's canonical equivalence does.
    func isExactly(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
