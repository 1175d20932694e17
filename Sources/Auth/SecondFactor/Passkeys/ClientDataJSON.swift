/// The members of a JSON object (RFC 8259) that are plain strings or booleans, as those of client data are that matter.
/// Any other value is checked for its form and not kept: browsers may add members of any kind (WebAuthn section 5.8.1).
///
/// Stricter than a general parser: UTF-8 without a mark before it, no member twice, no escapes in their names, and
/// little depth.
struct ClientDataJSON {
    enum Value: Equatable {
        case text(String)
        case bool(Bool)
        /// A number, null, an array, an object, or a string with escapes.
        case other
    }

    /// Values within values, the object itself included.
    static let deepest = 8

    private(set) var members: [String: Value] = [:]

    init?(_ bytes: [UInt8]) {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = Reader(bytes: bytes[...])
        var members: [String: Value] = [:]
        let isObject = reader.object(depth: 1) { name, value in
            guard members[name] == nil else { return false }
            members[name] = value
            return true
        }
        guard isObject, reader.isAtEnd else { return nil }
        self.members = members
    }

    func text(_ name: String) -> String? {
        if case .text(let text) = members[name] { text } else { nil }
    }
}

private struct Reader {
    var bytes: ArraySlice<UInt8>

    var isAtEnd: Bool {
        mutating get {
            skipWhiteSpace()
            return bytes.isEmpty
        }
    }

    /// - Parameter isWelcome: Told of every member; false refuses the object.
    mutating func object(depth: Int, isWelcome: (String, ClientDataJSON.Value) -> Bool) -> Bool {
        guard depth <= ClientDataJSON.deepest, take("{") else { return false }
        if take("}") { return true }
        repeat {
            guard case .text(let name) = string(), take(":"), let value = value(depth: depth), isWelcome(name, value)
            else { return false }
        } while take(",")
        return take("}")
    }

    private mutating func value(depth: Int) -> ClientDataJSON.Value? {
        skipWhiteSpace()
        switch bytes.first {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"): return object(depth: depth + 1) { _, _ in true } ? .other : nil
        case UInt8(ascii: "["): return array(depth: depth + 1) ? .other : nil
        case UInt8(ascii: "t"): return takeWord("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return takeWord("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return takeWord("null") ? .other : nil
        default: return number() ? .other : nil
        }
    }

    private mutating func array(depth: Int) -> Bool {
        guard depth <= ClientDataJSON.deepest, take("[") else { return false }
        if take("]") { return true }
        repeat {
            guard value(depth: depth) != nil else { return false }
        } while take(",")
        return take("]")
    }

    private mutating func string() -> ClientDataJSON.Value? {
        guard take("\"") else { return nil }
        let start = bytes
        var isPlain = true
        while let byte = bytes.popFirst(), byte >= 0x20 {
            if byte == UInt8(ascii: "\"") {
                let text = String(validating: start.prefix(start.count - bytes.count - 1), as: UTF8.self)
                return isPlain ? text.map(ClientDataJSON.Value.text) : .other
            }
            guard byte != UInt8(ascii: "\\") || takeEscape() else { return nil }
            isPlain = isPlain && byte != UInt8(ascii: "\\")
        }
        return nil
    }

    private mutating func takeEscape() -> Bool {
        guard let kind = bytes.popFirst() else { return false }
        guard kind == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(kind) }
        let digits = bytes.prefix(4)
        bytes = bytes.dropFirst(4)
        return digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private mutating func number() -> Bool {
        _ = takeWord("-")
        let whole = takeDigits()
        guard whole.count == 1 || (whole.first ?? UInt8(ascii: "0")) != UInt8(ascii: "0") else { return false }
        if takeWord("."), takeDigits().isEmpty { return false }
        guard takeWord("e") || takeWord("E") else { return true }
        if !takeWord("+") { _ = takeWord("-") }
        return !takeDigits().isEmpty
    }

    private mutating func takeDigits() -> ArraySlice<UInt8> {
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        bytes = bytes.dropFirst(digits.count)
        return digits
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard bytes.starts(with: word.utf8) else { return false }
        bytes = bytes.dropFirst(word.utf8.count)
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        guard bytes.first == UInt8(ascii: character) else { return false }
        bytes = bytes.dropFirst()
        return true
    }

    private mutating func skipWhiteSpace() {
        bytes = bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
