/// A mail, ready to be sent.
public struct EmailMessage: Sendable, Equatable, Identifiable {
    /// The job that sends it, the same at every attempt.
    public let id: ID<Job>
    public let kind: MailKind
    public let from: Mailbox
    public let to: EmailAddress
    /// When it was queued: an attempt later is the same mail.
    public let date: Timestamp
    public let subject: HeaderText
    public let text: String
    /// The same in HTML.
    public let html: String
    /// The links in it, in order.
    public let links: [String]
    /// Where the recipient stops mails of this kind; nil for one that an account can't do without.
    public let unsubscribeURL: String?

    public init(
        id: ID<Job>, kind: MailKind, from: Mailbox, to: EmailAddress, date: Timestamp, subject: HeaderText,
        text: String, html: String, links: [String] = [], unsubscribeURL: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.from = from
        self.to = to
        self.date = date
        self.subject = subject
        self.text = text
        self.html = html
        self.links = links
        self.unsubscribeURL = unsubscribeURL
    }

    /// Its `Message-ID` (RFC 5322, section 3.6.4): the same however often it is sent, so that a mail whose first answer
    /// was lost is no second one.
    public var messageID: String { "<\(id)@\(from.address.domain)>" }

    /// The header fields beside sender, recipient, subject and date.
    public var extraFields: [(name: String, value: String)] {
        var fields = [
            ("Message-ID", messageID),
            // No out-of-office answer is wanted (RFC 3834, section 5).
            ("Auto-Submitted", "auto-generated"),
        ]
        if let unsubscribeURL, Self.isPlain(unsubscribeURL) {
            fields.append(("List-Unsubscribe", "<\(unsubscribeURL)>"))
        }
        return fields
    }

    /// Visible ASCII without what would end the field or the address in it (RFC 2369, section 2).
    private static func isPlain(_ url: String) -> Bool {
        url.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }
}
