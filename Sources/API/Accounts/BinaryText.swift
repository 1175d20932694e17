import Core

/// Bytes in base64url without padding, as WebAuthn writes them: at most 8,192 characters.
public struct BinaryText: ConstrainedText, Equatable {
    public let text: String
    public let bytes: [UInt8]

    /// Nil for another form.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil, let bytes = Base64URL.decode(text) else { return nil }
        self.text = text
        self.bytes = bytes
    }

    public static var rules: TextRules {
        TextRules(length: 1...8192, characters: .visibleASCII, format: .binary)
    }
    public static var example: String { "AQIDBA" }
}
