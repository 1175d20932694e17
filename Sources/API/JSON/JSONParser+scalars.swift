extension JSONParser {
    /// A string from its opening quote on. Without an escape its bytes are copied at once.
    mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        try skipPlainCharacters()
        if byte(at: position) == UInt8(ascii: "\"") {
            let text = try text(start..<position)
            position += 1
            return text
        }
        return try stringWithEscapes(from: start)
    }

    /// Goes on to a quote or a backslash.
    private mutating func skipPlainCharacters() throws(JSONSyntaxError) {
        while let byte = byte(at: position), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw failure(.controlCharacter) }
            position += 1
        }
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
    }

    private func text(_ range: Range<Int>) throws(JSONSyntaxError) -> String {
        let slice = UnsafeRawBufferPointer(rebasing: bytes[range])
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONSyntaxError(.notUTF8, at: range.lowerBound)
        }
        return text
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONSyntaxError) -> String {
        var units: [UInt8] = []
        var plain = start
        while true {
            units.append(contentsOf: bytes[plain..<position])
            guard let mark = byte(at: position) else { throw failure(.unexpectedEnd) }
            if mark == UInt8(ascii: "\"") { break }
            units.append(contentsOf: try escape().utf8)
            plain = position
            try skipPlainCharacters()
        }
        position += 1
        guard let text = String(validating: units, as: UTF8.self) else { throw JSONSyntaxError(.notUTF8, at: start) }
        return text
    }

    /// The character that a backslash and what follows it stand for.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let letter = byte(at: position + 1) else { throw JSONSyntaxError(.unexpectedEnd, at: bytes.count) }
        let simple: Unicode.Scalar
        switch letter {
        case UInt8(ascii: "\""): simple = "\""
        case UInt8(ascii: "\\"): simple = "\\"
        case UInt8(ascii: "/"): simple = "/"
        case UInt8(ascii: "b"): simple = "\u{8}"
        case UInt8(ascii: "f"): simple = "\u{C}"
        case UInt8(ascii: "n"): simple = "\n"
        case UInt8(ascii: "r"): simple = "\r"
        case UInt8(ascii: "t"): simple = "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure(.badEscape)
        }
        position += 2
        return simple
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexadecimalUnit(at: position)
        if let scalar = Unicode.Scalar(first) {
            position += 6
            return scalar
        }
        guard first < 0xDC00, byte(at: position + 6) == UInt8(ascii: "\\"), byte(at: position + 7) == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate) }
        let second = try hexadecimalUnit(at: position + 6)
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw failure(.loneSurrogate) }
        position += 12
        return scalar
    }

    /// The four digits of the `\u` at `start`.
    private func hexadecimalUnit(at start: Int) throws(JSONSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for offset in 2..<6 {
            guard let character = byte(at: start + offset) else {
                throw JSONSyntaxError(.unexpectedEnd, at: bytes.count)
            }
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue, character < 0x80 else {
                throw JSONSyntaxError(.badEscape, at: start)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        if byte(at: position) == UInt8(ascii: "-") { position += 1 }
        guard let lead = byte(at: position), isDigit(lead) else {
            throw start == position ? unexpected() : failure(.badNumber)
        }
        let integerDigits = skipDigits()
        guard lead != UInt8(ascii: "0") || integerDigits == 1 else { throw JSONSyntaxError(.badNumber, at: start) }
        if byte(at: position) == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw failure(.badNumber) }
        }
        if let mark = byte(at: position), mark | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = byte(at: position), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw failure(.badNumber) }
        }
        return JSONNumber(unchecked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// How many digits there were.
    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = byte(at: position), isDigit(byte) { position += 1 }
        return position - start
    }
}
