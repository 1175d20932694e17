/// An address of a provider, or one of ours that it sends people back to: https, or http to this very machine.
struct ProviderURL: Sendable, Equatable {
    static let longest = 2048  // bytes

    let text: String

    /// Nil unless the text is an absolute URL in ASCII (RFC 3986) with a host, without user and fragment.
    /// - Parameter allowsLoopback: Whether http will do for `localhost`, 127.0.0.0/8 and `[::1]`.
    init?(_ text: String, allowsLoopback: Bool = false) {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy(Self.isURLByte) else { return nil }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || (allowsLoopback && text.hasPrefix("http://")) else { return nil }
        let authority = text.dropFirst(isSecure ? 8 : 7).prefix { $0 != "/" && $0 != "?" }
        guard let host = Self.host(of: authority), isSecure || Self.isLoopback(host) else { return nil }
        self.text = text
    }

    var hasQuery: Bool { text.contains("?") }

    /// The characters of RFC 3986 section 2 but for `#`, which would begin a fragment.
    private static func isURLByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) || "%:/?[]@!$&'()*+,;=".utf8.contains(byte)
    }

    /// A name, an IPv4 address, or an IPv6 address in its brackets.
    private static func host(of authority: Substring) -> Substring? {
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        guard authority.hasPrefix(host), isPort(authority.dropFirst(host.count)) else { return nil }
        let inner = isBracketed ? host.dropFirst().dropLast() : host
        let isHost =
            !inner.isEmpty
            && inner.allSatisfy { character in
                isBracketed
                    ? character.isHexDigit || character == ":" || character == "."
                    : character.isLetter || character.isWholeNumber || character == "-" || character == "."
            }
        return isHost ? host : nil
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard text.first == ":" else { return text.isEmpty }
        let digits = text.dropFirst()
        return digits.allSatisfy(\.isWholeNumber) && UInt16(digits).map { $0 > 0 } ?? false
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0).map { String($0) } == String($0) }
    }
}
