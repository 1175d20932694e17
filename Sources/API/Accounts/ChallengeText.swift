/// What was handed out between two steps, as it came back: 1 to 4,096 printable ASCII characters.
public struct ChallengeText: ConstrainedText {
    public let text: String

    /// Nil for what no challenge of ours could be.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...4096, characters: .visibleASCII, format: .token) }
    public static var example: String { "AQd1c1Qz8mVw" }
    public static var isWriteOnly: Bool { true }
}

extension ChallengeText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ChallengeText(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
