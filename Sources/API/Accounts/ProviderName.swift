/// What the installation calls a provider: 1 to 32 printable ASCII characters.
public struct ProviderName: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no provider is called.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...32, characters: .visibleASCII) }
    public static var example: String { "google" }
}
