/// Why something is done to somebody's account, for the audit log: 1 to 500 characters, lines allowed.
public struct ReasonText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for nothing, and for too much.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules {
        TextRules(length: 1...500, characters: .lines, format: .reason, isTrimmed: true)
    }
    public static var example: String { "Ticket 4711: the person asked for it by phone and was called back." }
}

/// What an act upon an account wants to know.
public struct ReasonRequest: Codable, Sendable, Equatable {
    public let reason: ReasonText

    public init(reason: ReasonText) {
        self.reason = reason
    }
}

/// What an act upon an account may be told.
public struct OptionalReasonRequest: Codable, Sendable, Equatable {
    public let reason: ReasonText?

    public init(reason: ReasonText? = nil) {
        self.reason = reason
    }
}
