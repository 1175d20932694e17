public import Core

/// Events on their way to endpoints. In the scope of a team only that team's are visible, in a person's none; what came of a
/// try is the system's to write.
public protocol WebhookDeliveryRepository: Sendable {
    /// Adds a delivery of the event, with its job, for each endpoint of its team that is not paused and wants it; all by one
    /// statement, in one round trip.
    /// - Parameters:
    ///   - endpoint: For this one alone, whether it wants such events or not.
    ///   - ids: As many as there may be endpoints; what is left over is not used. A job has the id of its delivery.
    ///   - job: What the jobs are but for their ids.
    /// - Returns: How many.
    func add(
        _ event: WebhookEvent, to endpoint: ID<WebhookEndpoint>?, ids: [ID<WebhookDelivery>], job: Job
    ) async throws -> Int

    /// The delivery and what it delivers.
    func find(
        _ id: ID<WebhookDelivery>, to endpoint: ID<WebhookEndpoint>, of team: ID<Team>
    ) async throws -> (delivery: WebhookDelivery, event: WebhookEvent)?

    /// An endpoint's, latest first by creation, then id.
    func list(
        to endpoint: ID<WebhookEndpoint>, of team: ID<Team>, page: PageRequest
    ) async throws -> Page<WebhookDelivery>

    /// All that it takes to deliver, in one round trip.
    func work(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws -> WebhookWork?

    /// Notes how a try of a pending delivery went. Only the system may.
    /// - Parameter nextAttemptAt: Nil unless `state` is pending.
    /// - Returns: False when the delivery is not there, or not pending.
    func note(
        _ attempt: WebhookAttempt, of id: ID<WebhookDelivery>, in team: ID<Team>, state: WebhookDelivery.State,
        nextAttemptAt: Timestamp?
    ) async throws -> Bool

    /// Gives a pending delivery up without a try. Only the system may.
    func drop(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws

    /// Removes the oldest of those made before `time`. Only the system may.
    /// - Returns: How many, `limit` at most.
    func remove(createdBefore time: Timestamp, limit: Int) async throws -> Int
}

/// A delivery with all that it takes to carry it out.
public struct WebhookWork: Sendable, Equatable {
    public let delivery: WebhookDelivery
    public let event: WebhookEvent
    public let endpoint: WebhookEndpoint
    public let secrets: SealedWebhookSecrets

    public init(
        delivery: WebhookDelivery, event: WebhookEvent, endpoint: WebhookEndpoint, secrets: SealedWebhookSecrets
    ) {
        self.delivery = delivery
        self.event = event
        self.endpoint = endpoint
        self.secrets = secrets
    }
}
