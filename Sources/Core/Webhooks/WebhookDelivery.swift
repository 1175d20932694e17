/// One event on its way to one endpoint, and how its last try went.
public struct WebhookDelivery: Sendable, Equatable, Identifiable {
    /// The raw values are part of stored rows.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// To be tried, for the first time or again.
        case pending
        case delivered
        /// Given up.
        case failed
        /// Its endpoint was paused before it was its turn.
        case dropped
    }

    public let id: ID<WebhookDelivery>
    public let teamID: ID<Team>
    public let endpointID: ID<WebhookEndpoint>
    public let eventID: ID<WebhookEvent>
    public let kind: WebhookEventKind
    public let createdAt: Timestamp
    public let state: State
    /// How often it was tried.
    public let attempts: Int
    /// Nil before the first try.
    public let lastAttempt: WebhookAttempt?
    /// Nil when there is no further try to come.
    public let nextAttemptAt: Timestamp?

    public init(
        id: ID<WebhookDelivery>, teamID: ID<Team>, endpointID: ID<WebhookEndpoint>, eventID: ID<WebhookEvent>,
        kind: WebhookEventKind, createdAt: Timestamp, state: State = .pending, attempts: Int = 0,
        lastAttempt: WebhookAttempt? = nil, nextAttemptAt: Timestamp?
    ) {
        self.id = id
        self.teamID = teamID
        self.endpointID = endpointID
        self.eventID = eventID
        self.kind = kind
        self.createdAt = createdAt
        self.state = state
        self.attempts = attempts
        self.lastAttempt = lastAttempt
        self.nextAttemptAt = nextAttemptAt
    }
}

/// How a try to deliver went.
public struct WebhookAttempt: Sendable, Equatable {
    public let at: Timestamp
    public let took: Duration
    public let outcome: WebhookOutcome

    public init(at: Timestamp, took: Duration, outcome: WebhookOutcome) {
        self.at = at
        self.took = took
        self.outcome = outcome
    }
}

/// The parameters of the job that delivers: the delivery has the id of its job.
public struct DeliverWebhook: JobParameters, Equatable {
    public static let jobName = "webhook.deliver"
    /// Of its own, so that receivers that take their time hold up nothing else.
    public static let jobQueue = "webhooks"

    public let teamID: ID<Team>

    public init(teamID: ID<Team>) {
        self.teamID = teamID
    }

    private enum CodingKeys: String, CodingKey {
        case teamID = "team_id"
    }
}
