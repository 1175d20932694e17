import API
import Core
import HTTPTypes
import Mail

/// The mails of this installation, for whoever develops on it.
struct MailRoutes: Sendable {
    private static let most = 100
    /// Mails and their list are styled in place; nothing in them runs, loads or belongs to this origin.
    private static let pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"
    private static let mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

    let outbox: MailOutbox

    func bind(to binder: inout Binder) throws {
        try binder.open(DevelopmentEndpoints.outbox, list)
        try binder.open(DevelopmentEndpoints.mailbox, page)
        try binder.open(DevelopmentEndpoints.mail, mail)
        try binder.open(DevelopmentEndpoints.preview, preview)
    }

    @Sendable private func list(_ call: Call<Nothing, OutboxQuery, Nothing>) async throws -> Reply<OK<OutboxBody>> {
        try LocalPeer.require(call.request, call.context)
        let entries = try await outbox.newest(to: call.query.to, limit: Self.most)
        return Reply(OK(OutboxBody(entries.map(OutboxBody.Mail.init))))
    }

    @Sendable private func page(_ call: Call<Nothing, Nothing, Nothing>) async throws -> Reply<HTMLPage> {
        try LocalPeer.require(call.request, call.context)
        let page = try await outbox.page(limit: Self.most)
        return Reply(HTMLPage(page)).with(.contentSecurityPolicy, Self.pagePolicy)
    }

    @Sendable private func mail(_ call: Call<MailPath, Nothing, Nothing>) async throws -> Reply<HTMLPage> {
        try LocalPeer.require(call.request, call.context)
        guard let entry = try await outbox.find(call.parameters.id) else { throw ProblemError(.notFound) }
        return Reply(HTMLPage(entry.message.html)).with(.contentSecurityPolicy, Self.mailPolicy)
    }

    @Sendable private func preview(
        _ call: Call<MailTemplatePath, MailPreviewQuery, Nothing>
    ) async throws -> Reply<Either<HTMLPage, PlainText>> {
        try LocalPeer.require(call.request, call.context)
        let kind = MailKind(call.parameters.template.text)
        guard outbox.composer.templates.kinds.contains(kind) else { throw ProblemError(.notFound) }
        let message = try outbox.composer.sample(of: kind, in: call.query.language ?? .english)
        return switch call.query.format ?? .html {
        case .html: Reply(.first(HTMLPage(message.html))).with(.contentSecurityPolicy, Self.mailPolicy)
        case .text: Reply(.second(PlainText("\(message.subject)\n\n\(message.text)")))
        }
    }
}

extension OutboxBody.Mail {
    init(_ entry: MailOutbox.Entry) {
        let message = entry.message
        self.init(
            id: message.id.description, kind: message.kind.rawValue, to: message.to.text,
            subject: message.subject.text, text: message.text, html: message.html, links: message.links,
            sentAt: entry.sentAt)
    }
}
