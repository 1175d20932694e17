public import Core
public import Persistence

/// What teams have their own systems told of: endpoints, and the events on their way to them.
///
/// ```swift
/// let webhooks = OutboundWebhooks(database: database, sealing: keys.secretSealing, sender: sender)
/// try await database.transaction(.team(team, user)) { store in
///     …
///     try await webhooks.announce(.memberAdded, in: team, data: MemberBody(member), through: store)
/// }
/// webhooks.add(to: &handlers)
/// ```
///
/// Whether somebody may manage the webhooks of a team is asked before, by who calls.
public struct OutboundWebhooks: Sendable {
    /// Called in the unit of work in which an endpoint is paused for what came of a try, to tell whom it concerns; its store is
    /// the system's.
    public typealias Paused = @Sendable (WebhookEndpoint, any Store) async throws -> Void

    /// Endpoints that a team may have.
    public static let mostEndpoints = 20
    /// How long deliveries can be looked at and sent again.
    public static let retention = Duration.days(30)

    let database: any Database
    let sealing: SecretSealing
    let sender: any WebhookSender
    let reach: WebhookURL.Reach
    let paused: Paused
    let time: TimeSource
    let randomness: Randomness

    /// - Parameters:
    ///   - sealing: For the secrets of endpoints.
    ///   - reach: Which addresses a team may name; the sender has its own say.
    ///   - paused: Tells the owners.
    public init(
        database: any Database, sealing: SecretSealing, sender: any WebhookSender,
        reach: WebhookURL.Reach = .publicOnly,
        time: TimeSource = .system, randomness: Randomness = .system,
        paused: @escaping Paused = { _, _ in }
    ) {
        self.database = database
        self.sealing = sealing
        self.sender = sender
        self.reach = reach
        self.paused = paused
        self.time = time
        self.randomness = randomness
    }

    func makeID<Entity>(at now: Timestamp, of: Entity.Type = Entity.self) -> ID<Entity> {
        .make(at: now, randomness: randomness)
    }
}
