import Core
import Foundation
import Persistence
import PersistenceInMemory
import Testing

@testable import Integrations
@testable import Webhooks

/// What we sign is verified by a library of Standard Webhooks that somebody else wrote.
struct WebhookVerificationTests {
    private static let team = ID<Team>(high: 1, low: 1)
    private static let author = AuditAuthor(user: ID(high: 1, low: 2), impersonator: nil, origin: .none)

    private struct Member: Encodable {
        let name = "Zoë \"Ada\" 🦉"
        let role = "owner"
    }

    @Test func `a receiver accepts what is sent, with the former secret too while it is rotated`() async throws {
        let database = InMemoryDatabase()
        let webhooks = OutboundWebhooks(
            database: database,
            sealing: SecretSealing(seal: { text, _ in text }, open: { sealed, _ in sealed }),
            sender: HTTPWebhookSender(reach: .anywhere), reach: .anywhere)
        try await Peer.run("webhook_peer.py") { peer async throws in
            let new = try await webhooks.create(
                WebhookDraft(url: "http://127.0.0.1:\(peer.port)/verified"), in: Self.team, by: Self.author)
            func accepted(_ secrets: [WebhookSecret]) async throws -> Int? {
                let text = secrets.map { $0.revealedText() }.joined(separator: "\n")
                try text.write(to: peer.directory.appending(path: "secrets"), atomically: true, encoding: .utf8)
                _ = try await database.transaction(.team(Self.team, Self.author.user)) { store in
                    try await webhooks.announce(.memberAdded, in: Self.team, data: Member(), through: store)
                }
                let deliveries = database.scoped(.system).webhookDeliveries
                let list = try await deliveries.list(to: new.endpoint.id, of: Self.team, page: PageRequest())
                let id = try #require(list.items.first?.id)
                // The one that is refused asks for another try.
                try? await webhooks.deliver(id, of: Self.team)
                let done = try await deliveries.find(id, to: new.endpoint.id, of: Self.team)?.delivery
                guard case .answered(let status, _)? = done?.lastAttempt?.outcome else { return nil }
                return status
            }
            #expect(try await accepted([new.secret]) == 204)
            let second = try await webhooks.rotateSecret(of: new.endpoint.id, in: Self.team, by: Self.author)
            #expect(try await accepted([new.secret, second]) == 204)
            #expect(try await accepted([WebhookSecret.make(randomness: .system)]) == 401)
        }
    }
}
