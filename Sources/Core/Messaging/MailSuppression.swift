/// Why an address is not written to until it is proven anew.
public struct MailSuppression: Sendable, Equatable {
    /// The raw values are part of stored rows.
    public enum Reason: String, Sendable, CaseIterable {
        /// A mail came back: the mailbox does not exist.
        case bounce
        /// Its holder called a mail spam.
        case complaint
    }

    /// The ``EmailAddress/key``.
    public let emailKey: String
    public let reason: Reason
    /// What the other side said, cut to ``longestDetail`` bytes; empty for nothing.
    public let detail: String
    public let occurredAt: Timestamp

    public static let longestDetail = 500

    public init(emailKey: String, reason: Reason, detail: String, occurredAt: Timestamp) {
        self.emailKey = emailKey
        self.reason = reason
        self.detail = Self.cut(HeaderText(detail).text)
        self.occurredAt = occurredAt
    }

    private static func cut(_ text: String) -> String {
        var text = text
        while text.utf8.count > longestDetail { text.removeLast() }
        return text
    }
}
