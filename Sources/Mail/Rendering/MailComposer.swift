public import Core

/// Turns the job of an ``OutgoingMail`` into the mail, as often as asked with the same result.
public struct MailComposer: Sendable {
    /// Derives the token of a mail job whose hash was stored; nil when its master key is gone.
    public typealias TokenSource =
        @Sendable (
            _ job: ID<Job>, _ purpose: OneTimeToken.Purpose, _ hash: [UInt8]
        ) -> String?

    /// Why a mail can't be written, now or ever.
    public enum Problem: Error, Equatable {
        /// The token was made under a master key that is no longer on the list.
        case masterKeyGone
        case malformedRecipient
    }

    public let templates: MailTemplates
    private let from: Mailbox
    private let baseURL: String
    let productName: String
    private let token: TokenSource

    /// - Parameters:
    ///   - baseURL: What links begin with, without a slash at the end: `https://app.example.com`.
    ///   - token: What the tokens in links come from.
    public init(
        templates: MailTemplates, from: Mailbox, baseURL: String, productName: String, token: @escaping TokenSource
    ) {
        self.templates = templates
        self.from = from
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.productName = productName
        self.token = token
    }

    /// - Throws: ``Problem``, ``MailTemplates/Problem``; `DecodingError` when the job carries no mail.
    public func message(of job: Job) throws -> EmailMessage {
        let mail = try job.decoded(as: OutgoingMail.self)
        guard let recipient = try? EmailAddress(parsing: mail.to) else { throw Problem.malformedRecipient }
        let link = baseURL + mail.path + (try query(of: mail, job: job.id))
        return try message(
            mail.kind, in: mail.language, id: job.id, to: recipient, date: job.createdAt, link: link,
            unsubscribePath: mail.unsubscribePath, values: mail.values)
    }

    /// What a mail of the kind looks like, with values that stand for real ones.
    /// - Throws: ``MailTemplates/Problem`` where there is none.
    public func sample(of kind: MailKind, in language: Language) throws -> EmailMessage {
        let names = templates.variables(of: kind, in: language)
        let values = Dictionary(uniqueKeysWithValues: names.map { ($0, Self.samples[$0] ?? "[\($0)]") })
        return try message(
            kind, in: language, id: ID(high: 0x7000, low: 0x8000_0000_0000_0000),
            to: EmailAddress(storedText: "you@example.com", key: "you@example.com"), date: Timestamp(seconds: 0),
            link: "\(baseURL)/example?token=…",
            unsubscribePath: names.contains(Self.unsubscribe) ? "/example" : nil, values: values)
    }

    private static let samples = ["hours": "24", "minutes": "15", "days": "7", "time": "2026-01-31 12:00 UTC"]
    private static let unsubscribe = "unsubscribe_url"

    private func message(
        _ kind: MailKind, in language: Language, id: ID<Job>, to recipient: EmailAddress, date: Timestamp,
        link: String, unsubscribePath: String?, values: [String: String]
    ) throws -> EmailMessage {
        let unsubscribeURL = unsubscribePath.map { baseURL + $0 }
        var own = ["product": productName, "base_url": baseURL, "link": link]
        own[Self.unsubscribe] = unsubscribeURL
        let words = try templates.render(kind, in: language, values.merging(own) { _, own in own })
        return EmailMessage(
            id: id, kind: kind, from: from, to: recipient, date: date, subject: HeaderText(words.subject),
            text: words.text,
            html: words.html, links: [link], unsubscribeURL: unsubscribeURL)
    }

    private func query(of mail: OutgoingMail, job: ID<Job>) throws(Problem) -> String {
        guard let wanted = mail.token else { return "" }
        guard let token = token(job, wanted.purpose, wanted.hash) else { throw .masterKeyGone }
        return "?token=\(token)"
    }
}
