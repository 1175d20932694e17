import Core
import Fakes
import Persistence
import Synchronization
import Testing

@testable import PersistenceInMemory
@testable import Webhooks

/// Webhooks of a team over the database in memory, with a clock that is moved by hand and a sender that calls nobody.
struct WebhookFixture {
    struct Seal: Error {}

    let base = InMemoryDatabase()
    let sender = RecordingWebhookSender()
    let time = ManualTime()
    let paused = Paused()
    let webhooks: OutboundWebhooks
    let team = ID<Team>(high: 1, low: 1)
    let other = ID<Team>(high: 1, low: 2)
    let author = AuditAuthor(
        user: ID(high: 2, low: 1), impersonator: ID(high: 2, low: 2), origin: RequestOrigin(requestID: "r"))

    init(reach: WebhookURL.Reach = .publicOnly) {
        webhooks = OutboundWebhooks(
            database: base, sealing: Self.sealing, sender: sender, reach: reach, time: time.source,
            randomness: .seeded(7)
        ) { [paused] endpoint, store in
            try await paused.tell(endpoint, store)
        }
    }

    var store: any Store { base.scoped(.system) }

    /// Keeps the context beside the text: enough to see that both come back.
    private static let sealing = SecretSealing(
        seal: { text, context in Array(context.utf8) + [0] + text },
        open: { sealed, context in
            let parts = sealed.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Array(parts[0]) == Array(context.utf8) else { throw Seal() }
            return Array(parts[1])
        })

    func create(
        _ url: String = "https://receiver.example/hook?key=secret", subscription: WebhookSubscription = .everything
    ) async throws -> NewWebhook {
        try await webhooks.create(WebhookDraft(url: url, subscription: subscription), in: team, by: author)
    }

    func endpoint(_ id: ID<WebhookEndpoint>) async throws -> WebhookEndpoint? {
        try await store.webhookEndpoints.find(id, of: team)
    }

    /// Those of an endpoint, latest first.
    func deliveries(to id: ID<WebhookEndpoint>) async throws -> [WebhookDelivery] {
        try await store.webhookDeliveries.list(to: id, of: team, page: PageRequest(limit: 100)).items
    }

    func jobs() async throws -> [Job] {
        try await store.jobs.list(name: DeliverWebhook.jobName, page: PageRequest(limit: 100)).items
    }

    @discardableResult
    func announce(_ kind: WebhookEventKind = .memberAdded, data: String = "Ada") async throws -> Int {
        try await base.transaction(.team(team, author.user)) { store in
            try await webhooks.announce(kind, in: team, data: ["name": data], through: store)
        }
    }

    /// Announces an event and gives its only delivery.
    func announced(to id: ID<WebhookEndpoint>) async throws -> WebhookDelivery? {
        time.advance(by: .milliseconds(1))
        try await announce()
        return try await deliveries(to: id).first
    }

    /// All that was recorded, oldest first.
    func log() async throws -> [AuditEvent] {
        let store = try #require(store as? InMemoryStore)
        return try await store.access.read {
            $0.auditEvents.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }
}

/// Who was told of endpoints that were paused.
final class Paused: Sendable {
    struct Refused: Error {}

    private let state = Mutex<(told: [WebhookEndpoint], fails: Bool)>(([], false))

    var told: [WebhookEndpoint] { state.withLock { $0.told } }

    func failFromNowOn() { state.withLock { $0.fails = true } }

    func tell(_ endpoint: WebhookEndpoint, _ store: any Store) async throws {
        try state.withLock { state in
            if state.fails { throw Refused() }
            state.told.append(endpoint)
        }
    }
}
