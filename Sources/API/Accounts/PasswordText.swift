/// A password as somebody typed it. What makes one good enough is not decided here.
public struct PasswordText: ConstrainedText {
    /// Characters; a longer one is refused, never cut.
    public static let lengths = 1...256

    public let text: String

    /// Nil when empty, too long or with a NUL in it.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: lengths, characters: .any, format: .password) }
    public static var example: String { "correct horse battery staple" }
    public static var isWriteOnly: Bool { true }
}

extension PasswordText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "PasswordText(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
