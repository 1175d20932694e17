import API
import Auth
import Core
import HTTPTypes
import Hummingbird

/// The mails that would have been sent. For this machine only: answers loopback peers that ask for a loopback host, so
/// that no page of another site reaches it by rebinding a name.
struct OutboxRoutes: Sendable {
    private static let most = 100
    private static let loopback = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }

    let outbox: any OutboxReader

    func bind(to binder: inout Binder) throws {
        try binder.open(DevelopmentEndpoints.outbox, list)
    }

    @Sendable private func list(_ call: Call<Nothing, OutboxQuery, Nothing>) async throws -> Reply<OK<OutboxBody>> {
        guard isLocal(call.context.channel.remoteAddress?.ipAddress), hasLocalHost(call.request),
            !isForwarded(call.request)
        else { throw ProblemError(.notFound) }
        let mails = try await outbox.newest(to: call.query.to, limit: Self.most)
        return Reply(OK(OutboxBody(mails.map(OutboxBody.Mail.init))))
    }

    /// A proxy on this machine is a loopback peer itself, and may well ask for a loopback host.
    private func isForwarded(_ request: Request) -> Bool {
        request.headers.contains(.forwarded) || request.headers.contains(.xForwardedFor)
    }

    private func isLocal(_ address: String?) -> Bool {
        address.map { address in Self.loopback.contains { $0.contains(address) } } ?? false
    }

    private func hasLocalHost(_ request: Request) -> Bool {
        guard let authority = request.head.authority else { return false }
        if authority.hasPrefix("[") { return isLocal(String(authority.dropFirst().prefix { $0 != "]" })) }
        let host = String(authority.prefix { $0 != ":" })
        return host == "localhost" || isLocal(host)
    }
}

extension OutboxBody.Mail {
    init(_ mail: RenderedMail) {
        self.init(
            id: mail.id.description, kind: mail.kind.rawValue, to: mail.to, subject: mail.subject, text: mail.text,
            html: mail.html, links: mail.links, sentAt: mail.createdAt)
    }
}
