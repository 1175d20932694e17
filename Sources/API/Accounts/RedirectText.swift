/// Where a browser is to go: 1 to 2,048 printable ASCII characters.
public struct RedirectText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no address is.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...2048, characters: .visibleASCII) }
    public static var example: String { "/settings" }
}
