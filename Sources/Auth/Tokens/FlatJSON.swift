/// A JSON object (RFC 8259) of strings and whole numbers, as the two parts of our tokens are, read more strictly than
/// any general parser: no member twice, no escapes, no signs or fractions, nothing after it.
struct FlatJSON: Equatable {
    enum Value: Equatable {
        case text(String)
        case number(Int64)
    }

    /// Seconds of 12 digits fit a ``Timestamp`` and reach beyond any use.
    static let mostDigits = 12

    private(set) var members: [String: Value] = [:]

    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes[...])
        guard reader.take("{") else { return nil }
        if !reader.take("}") {
            repeat {
                guard let name = reader.text(), members[name] == nil, reader.take(":"), let value = reader.value()
                else { return nil }
                members[name] = value
            } while reader.take(",")
            guard reader.take("}") else { return nil }
        }
        guard reader.isAtEnd else { return nil }
    }

    func text(_ name: String) -> String? {
        if case .text(let text) = members[name] { text } else { nil }
    }

    func number(_ name: String) -> Int64? {
        if case .number(let number) = members[name] { number } else { nil }
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

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        guard bytes.first == UInt8(ascii: character) else { return false }
        bytes.removeFirst()
        return true
    }

    mutating func text() -> String? {
        guard take("\"") else { return nil }
        let content = bytes.prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 >= 0x20 }
        bytes.removeFirst(content.count)
        guard bytes.popFirst() == UInt8(ascii: "\"") else { return nil }
        return String(validating: content, as: UTF8.self)
    }

    mutating func value() -> FlatJSON.Value? {
        skipWhiteSpace()
        if bytes.first == UInt8(ascii: "\"") { return text().map(FlatJSON.Value.text) }
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...FlatJSON.mostDigits).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return nil }
        bytes.removeFirst(digits.count)
        return .number(digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
    }

    private mutating func skipWhiteSpace() {
        bytes = bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
