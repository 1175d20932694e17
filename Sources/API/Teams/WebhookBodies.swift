public import Core

/// A webhook as the team sees it.
public struct WebhookBody: Codable, Sendable, Equatable {
    /// Why nothing is delivered.
    public enum Pause: String, Codable, Sendable, CaseIterable {
        case requested
        case failing
        case gone
    }

    public let id: ID<WebhookEndpoint>
    public let url: String
    /// May be empty.
    public let name: String
    public let events: WebhookEventList
    public let isActive: Bool
    /// Null while it is active.
    public let pause: Pause?
    /// Since when every try has failed; null when the last one did not.
    public let failingSince: Timestamp?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ endpoint: WebhookEndpoint) {
        id = endpoint.id
        url = endpoint.url.text
        name = endpoint.name
        events = WebhookEventList(endpoint.subscription)
        isActive = endpoint.isActive
        pause = endpoint.pause.map(Pause.init)
        failingSince = endpoint.failingSince
        createdAt = endpoint.createdAt
        updatedAt = endpoint.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case url
        case name
        case events
        case isActive = "is_active"
        case pause
        case failingSince = "failing_since"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

extension WebhookBody.Pause {
    fileprivate init(_ pause: WebhookEndpoint.Pause) {
        self =
            switch pause {
            case .requested: .requested
            case .failing: .failing
            case .gone: .gone
            }
    }
}

/// A webhook just made, with the secret that is shown this once.
public struct NewWebhookBody: Codable, Sendable, Equatable {
    public let id: ID<WebhookEndpoint>
    public let url: String
    public let name: String
    public let events: WebhookEventList
    public let isActive: Bool
    /// What deliveries are signed with: `whsec_` and base64.
    public let secret: String
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ endpoint: WebhookEndpoint, secret: String) {
        let body = WebhookBody(endpoint)
        id = body.id
        url = body.url
        name = body.name
        events = body.events
        isActive = body.isActive
        self.secret = secret
        createdAt = body.createdAt
        updatedAt = body.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case url
        case name
        case events
        case isActive = "is_active"
        case secret
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// The secret that took the place of another, shown this once.
public struct WebhookSecretBody: Codable, Sendable, Equatable {
    public let secret: String

    public init(secret: String) {
        self.secret = secret
    }
}
