/// What a person calls a device: 1 to 100 characters on one line.
public struct DeviceNameText: ConstrainedText, Equatable {
    public let text: String

    /// Nil when too long, empty or with a control character in it.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...100) }
    public static var example: String { "Ada's laptop" }
}
