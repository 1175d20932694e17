public import Core

/// A mail as it is sent.
public struct RenderedMail: Sendable, Equatable {
    /// The job's id, the same at every attempt.
    public let id: ID<Job>
    public let kind: AccountMail.Kind
    /// The recipient's address.
    public let to: String
    public let subject: String
    public let text: String
    /// The same in HTML; nil for a mail in plain text.
    public let html: String?
    /// The links in the text, in order.
    public let links: [String]
    public let createdAt: Timestamp
}
