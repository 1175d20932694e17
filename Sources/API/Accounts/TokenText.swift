/// A token that was handed out or mailed, as it came back: 1 to 512 printable ASCII characters.
public struct TokenText: ConstrainedText {
    public let text: String

    /// Nil for what no token of ours could be.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...512, characters: .visibleASCII, format: .token) }
    public static var example: String { "Kq0a8rWc1Jm5vHn2bXy7tZs4dGf9pLe6uQw3iRo0kTs" }
    public static var isWriteOnly: Bool { true }
}

extension TokenText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "TokenText(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
