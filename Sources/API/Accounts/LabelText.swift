/// What somebody calls a thing of theirs: 1 to 100 characters on one line.
public struct LabelText: ConstrainedText, Equatable {
    public let text: String

    /// Nil when too long, empty or not on one line.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...100) }
    public static var example: String { "Deployment" }
}
