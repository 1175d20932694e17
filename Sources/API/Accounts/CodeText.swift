/// A code as somebody typed it, blanks and hyphens included: 1 to 64 characters.
public struct CodeText: ConstrainedText {
    public let text: String

    /// Nil when empty, too long or with a NUL in it.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...64, characters: .any) }
    public static var example: String { "123456" }
    public static var isWriteOnly: Bool { true }
}

extension CodeText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CodeText(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
