import Core

/// What kind of thing something is: `file`.
public struct ResourceTypeText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no kind is called.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules {
        TextRules(length: ResourceReference.typeLengths, characters: .visibleASCII)
    }
    public static var example: String { ResourceType.file.rawValue }
}

/// Which thing of its kind something is.
public struct ResourceIDText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no thing is called.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: ResourceReference.idLengths, characters: .visibleASCII) }
    public static var example: String { "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f" }
}
