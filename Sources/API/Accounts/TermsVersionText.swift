/// Which version of the terms somebody agreed to: 1 to 50 printable ASCII characters.
public struct TermsVersionText: ConstrainedText, Equatable {
    public let text: String

    /// Nil when too long, empty or with another character in it.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...50, characters: .visibleASCII) }
    public static var example: String { "2026-01" }
}
