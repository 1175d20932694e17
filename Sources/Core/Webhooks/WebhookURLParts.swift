/// The parts of an http or https address (RFC 3986), each of the characters that it may have.
struct WebhookURLParts {
    private(set) var isSecure = true
    private(set) var isBracketed = false
    private(set) var port: UInt16?
    private(set) var target = "/"
    private(set) var host = ""

    /// - Throws: ``WebhookURL/Problem`` for what has another form.
    init(_ text: String) throws(WebhookURL.Problem) {
        guard text.utf8.count <= WebhookURL.longest else { throw .tooLong }
        var rest = text[...]
        if let after = Self.drop("https://", from: rest) {
            rest = after
        } else if let after = Self.drop("http://", from: rest) {
            (isSecure, rest) = (false, after)
        } else {
            throw text.contains("://") ? .notHTTPS : .malformed
        }
        if rest.contains("#") { throw .fragment }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        try readAuthority(rest[..<end])
        try readTarget(rest[end...])
    }

    private mutating func readAuthority(_ authority: Substring) throws(WebhookURL.Problem) {
        if authority.contains("@") { throw .credentials }
        let ending: Substring
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw .malformed }
            isBracketed = true
            host = String(authority[authority.index(after: authority.startIndex)..<close])
            ending = authority[authority.index(after: close)...]
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            host = String(authority[..<colon])
            ending = authority[colon...]
        }
        guard !host.isEmpty, !host.unicodeScalars.contains(where: Self.isControl) else { throw .malformed }
        guard !ending.isEmpty else { return }
        let digits = ending.dropFirst()
        guard ending.first == ":", !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt16(digits), number > 0
        else { throw .malformed }
        port = number
    }

    private mutating func readTarget(_ text: Substring) throws(WebhookURL.Problem) {
        var digitsToCome = 0
        for byte in text.utf8 {
            if digitsToCome > 0 {
                guard HexDigits.value(of: byte) != nil else { throw .malformed }
                digitsToCome -= 1
            } else if byte == UInt8(ascii: "%") {
                digitsToCome = 2
            } else if !Self.isTargetCharacter(byte) {
                throw .malformed
            }
        }
        guard digitsToCome == 0 else { throw .malformed }
        target = text.first == "/" ? String(text) : "/" + text
    }

    private static func drop(_ scheme: String, from text: Substring) -> Substring? {
        text.prefix(scheme.count).lowercased() == scheme ? text.dropFirst(scheme.count) : nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0x7F
    }

    /// `pchar`, `/` and `?`.
    private static func isTargetCharacter(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "-", ".", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "=", ":", "@", "/", "?": true
        default: false
        }
    }
}
