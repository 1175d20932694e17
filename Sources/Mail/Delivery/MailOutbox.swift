public import Core
public import Persistence

/// The mails that wait or were sent not long ago, as people read them. The jobs that send them are where they are kept;
/// they are written again when somebody looks.
public struct MailOutbox: Sendable {
    public struct Entry: Sendable, Equatable {
        public let message: EmailMessage
        /// When it was sent; while it waits, when it was queued.
        public let sentAt: Timestamp
    }

    /// Jobs looked at for the mails of one address, in pages.
    private static let mostPages = 10

    public let composer: MailComposer
    private let queue: any JobQueue

    public init(queue: any JobQueue, composer: MailComposer) {
        self.queue = queue
        self.composer = composer
    }

    /// The newest first, at most `limit`; those to one address where one is given.
    public func newest(to recipient: EmailAddress? = nil, limit: Int) async throws -> [Entry] {
        var entries: [Entry] = []
        var position: Cursor?
        for _ in 0..<Self.mostPages {
            let page = try await queue.list(
                state: nil, name: OutgoingMail.jobName,
                page: PageRequest(limit: PageRequest.limits.upperBound, after: position))
            entries += page.items.compactMap(entry).filter { recipient == nil || $0.message.to == recipient }
            position = page.next
            if entries.count >= limit || position == nil { break }
        }
        return Array(entries.prefix(max(0, limit)))
    }

    /// The newest mails as a page, with a list of the templates.
    public func page(limit: Int) async throws -> String {
        let mails = try await newest(limit: limit).map { entry -> [String: Any] in
            let message = entry.message
            return [
                "id": message.id.description, "subject": message.subject.text, "to": message.to.text,
                "kind": message.kind.rawValue, "time": entry.sentAt.description, "text": message.text,
                "links": message.links,
            ]
        }
        let templates = composer.templates.kinds.map { ["name": $0.rawValue] }
        return composer.templates.page(
            "mailbox", ["product": composer.productName, "mails": mails, "templates": templates]) ?? ""
    }

    /// The mail of one job; nil when there is none.
    public func find(_ id: ID<Job>) async throws -> Entry? {
        try await queue.find(id).flatMap(entry)
    }

    /// Nil for one that is not going to be sent, and for one that can't be written any more: it hides no other.
    private func entry(_ record: JobRecord) -> Entry? {
        guard record.job.name == OutgoingMail.jobName, record.state != .cancelled, record.state != .parked,
            let message = try? composer.message(of: record.job)
        else { return nil }
        return Entry(message: message, sentAt: record.finishedAt ?? record.job.createdAt)
    }
}
