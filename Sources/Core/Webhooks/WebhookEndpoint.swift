/// Where a team has its events delivered.
public struct WebhookEndpoint: Sendable, Equatable, Identifiable {
    /// What people call it, in bytes of UTF-8.
    public static let longestName = 400

    /// Why nothing is delivered. The raw values are part of stored rows.
    public enum Pause: String, Sendable, Codable, CaseIterable {
        /// Somebody of the team wanted it so.
        case requested
        /// It failed for too long.
        case failing
        /// It answered that it is gone for good (410).
        case gone
    }

    public let id: ID<WebhookEndpoint>
    public let teamID: ID<Team>
    public var url: WebhookURL
    /// What the team calls it; may be empty.
    public var name: String
    public var subscription: WebhookSubscription
    /// Nil while it is delivered to.
    public var pause: Pause?
    /// Since when every try has failed; nil when the last one did not.
    public var failingSince: Timestamp?
    public let createdAt: Timestamp
    public var updatedAt: Timestamp
    /// Counts what people change.
    public var version: Int64

    public init(
        id: ID<WebhookEndpoint>, teamID: ID<Team>, url: WebhookURL, name: String, subscription: WebhookSubscription,
        pause: Pause? = nil, failingSince: Timestamp? = nil, createdAt: Timestamp, updatedAt: Timestamp,
        version: Int64 = 1
    ) {
        self.id = id
        self.teamID = teamID
        self.url = url
        self.name = name
        self.subscription = subscription
        self.pause = pause
        self.failingSince = failingSince
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public var isActive: Bool { pause == nil }

    /// For what the secret of an endpoint is sealed.
    public static func sealContext(of id: ID<WebhookEndpoint>) -> String { "webhook/\(id)" }
}
