/// Reads a JSON text strictly by RFC 8259: UTF-8 without byte order mark, no duplicate names, no lone surrogates,
/// limited nesting. Every byte is read through ``byte(at:)``, so no input reaches beyond the buffer.
package struct JSONParser {
    /// Arrays and objects around a value at most.
    package static let deepestNesting = 32

    let bytes: UnsafeRawBufferPointer
    var position = 0

    /// Reads one value that takes up all the bytes, white space around it aside.
    package static func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipWhiteSpace()
        guard parser.position == bytes.count else { throw parser.failure(.trailingBytes) }
        return value
    }

    package static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONSyntaxError) in
            try parse(UnsafeRawBufferPointer(buffer))
        }
    }

    @inline(__always)
    func byte(at position: Int) -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    func failure(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason, at: position)
    }

    /// What stands at the position instead of what was wanted.
    func unexpected() -> JSONSyntaxError {
        failure(position < bytes.count ? .unexpectedByte : .unexpectedEnd)
    }

    mutating func skipWhiteSpace() {
        while let byte = byte(at: position), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ wanted: UInt8) -> Bool {
        guard byte(at: position) == wanted else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        skipWhiteSpace()
        guard let first = byte(at: position) else { throw failure(.unexpectedEnd) }
        switch first {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            guard take(text.utf8Start[offset]) else { throw unexpected() }
        }
        return value
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        guard depth <= Self.deepestNesting else { throw failure(.tooDeep) }
        position += 1
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipWhiteSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONObject {
        guard depth <= Self.deepestNesting else { throw failure(.tooDeep) }
        position += 1
        var object = JSONObject()
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return object }
        while true {
            skipWhiteSpace()
            let start = position
            guard byte(at: position) == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try string()
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            guard object.append(name, try value(depth: depth)) else {
                throw JSONSyntaxError(.duplicateName, at: start)
            }
            skipWhiteSpace()
            if take(UInt8(ascii: "}")) { return object }
            guard take(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }
}
