public import Core

/// Whose mails are wanted; everybody's unless told.
public struct OutboxQuery: Codable, Sendable, Equatable {
    public let to: EmailAddress?

    public init(to: EmailAddress? = nil) {
        self.to = to
    }
}

/// The mails of the local outbox.
public struct OutboxBody: Codable, Sendable, Equatable {
    public struct Mail: Codable, Sendable, Equatable {
        public let id: String
        public let kind: String
        public let to: String
        public let subject: String
        public let text: String
        public let html: String?
        /// Every address that the text links to.
        public let links: [String]
        public let sentAt: Timestamp

        public init(
            id: String, kind: String, to: String, subject: String, text: String, html: String?, links: [String],
            sentAt: Timestamp
        ) {
            self.id = id
            self.kind = kind
            self.to = to
            self.subject = subject
            self.text = text
            self.html = html
            self.links = links
            self.sentAt = sentAt
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case kind
            case to
            case subject
            case text
            case html
            case links
            case sentAt = "sent_at"
        }
    }

    public let data: [Mail]

    public init(_ data: [Mail]) {
        self.data = data
    }
}
