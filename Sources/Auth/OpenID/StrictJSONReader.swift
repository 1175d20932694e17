import Core

/// Walks over the bytes of a JSON text once; every method answers nil where the grammar of RFC 8259 is left.
struct StrictJSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool {
        mutating get {
            skipWhiteSpace()
            return position == bytes.count
        }
    }

    /// - Parameter depth: How many objects and arrays may still be opened.
    mutating func value(depth: Int) -> StrictJSON? {
        skipWhiteSpace()
        switch next.map(Unicode.Scalar.init) {
        case "{": return depth > 0 ? object(depth: depth - 1) : nil
        case "[": return depth > 0 ? array(depth: depth - 1) : nil
        case "\"": return text().map(StrictJSON.text)
        case "t": return take(word: "true") ? .bool(true) : nil
        case "f": return take(word: "false") ? .bool(false) : nil
        case "n": return take(word: "null") ? .null : nil
        default: return number().map(StrictJSON.number)
        }
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func object(depth: Int) -> StrictJSON? {
        var members: [String: StrictJSON] = [:]
        guard take("{") else { return nil }
        if takeSpaced("}") { return .object(members) }
        repeat {
            skipWhiteSpace()
            guard let name = text(), members[name] == nil, takeSpaced(":"), let value = value(depth: depth) else {
                return nil
            }
            members[name] = value
        } while takeSpaced(",")
        return takeSpaced("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> StrictJSON? {
        var elements: [StrictJSON] = []
        guard take("[") else { return nil }
        if takeSpaced("]") { return .array(elements) }
        repeat {
            guard let element = value(depth: depth) else { return nil }
            elements.append(element)
        } while takeSpaced(",")
        return takeSpaced("]") ? .array(elements) : nil
    }

    private mutating func text() -> String? {
        guard take("\"") else { return nil }
        var content: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { return nil }
            position += 1
            if byte == UInt8(ascii: "\\") {
                guard let scalar = escaped() else { return nil }
                content.append(contentsOf: String(Character(scalar)).utf8)
            } else {
                content.append(byte)
            }
        }
        return take("\"") ? String(validating: content, as: UTF8.self) : nil
    }

    /// What follows a backslash.
    private mutating func escaped() -> Unicode.Scalar? {
        guard let byte = next else { return nil }
        position += 1
        switch Unicode.Scalar(byte) {
        case "\"", "\\", "/": return Unicode.Scalar(byte)
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return escapedScalar()
        default: return nil
        }
    }

    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let high = fourDigits() else { return nil }
        guard (0xD800...0xDBFF).contains(high) else { return Unicode.Scalar(high) }
        guard take("\\"), take("u"), let low = fourDigits(), (0xDC00...0xDFFF).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func fourDigits() -> UInt32? {
        let digits = bytes[position...].prefix(4)
        guard let pair = HexDigits.decode(String(decoding: digits, as: UTF8.self)), pair.count == 2 else { return nil }
        position += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }

    private mutating func number() -> String? {
        let start = position
        _ = take("-")
        if !take("0"), !takeDigits() { return nil }
        if take("."), !takeDigits() { return nil }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard takeDigits() else { return nil }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeDigits() -> Bool {
        let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        position += digits.count
        return !digits.isEmpty
    }

    private mutating func takeSpaced(_ character: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        return take(character)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }
}
