public import Core

/// Which webhook of which team a path names.
public struct WebhookPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let id: ID<WebhookEndpoint>

    public init(team: ID<Team>, id: ID<WebhookEndpoint>) {
        self.team = team
        self.id = id
    }
}

/// Which delivery to which webhook a path names.
public struct WebhookDeliveryPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let id: ID<WebhookEndpoint>
    public let delivery: ID<WebhookDelivery>

    public init(team: ID<Team>, id: ID<WebhookEndpoint>, delivery: ID<WebhookDelivery>) {
        self.team = team
        self.id = id
        self.delivery = delivery
    }
}

/// A new webhook.
public struct CreateWebhookRequest: Codable, Sendable, Equatable {
    /// Where events are posted to, over https.
    public let url: WebhookURLText
    /// What the team calls it; nothing unless given.
    public let name: WebhookNameText?
    /// All, those of later releases too, unless given.
    public let events: WebhookEventList?

    public init(url: WebhookURLText, name: WebhookNameText? = nil, events: WebhookEventList? = nil) {
        self.url = url
        self.name = name
        self.events = events
    }
}

/// What is changed about a webhook. What is absent or null stays as it is.
public struct UpdateWebhookRequest: Codable, Sendable, Equatable {
    public let url: WebhookURLText?
    public let name: WebhookNameText?
    public let events: WebhookEventList?
    /// False pauses it; true resumes it, for whatever reason it was paused.
    public let isActive: Bool?

    public init(
        url: WebhookURLText? = nil, name: WebhookNameText? = nil, events: WebhookEventList? = nil, isActive: Bool? = nil
    ) {
        self.url = url
        self.name = name
        self.events = events
        self.isActive = isActive
    }

    private enum CodingKeys: String, CodingKey {
        case url
        case name
        case events
        case isActive = "is_active"
    }
}

/// How a secret is replaced.
public struct RotateWebhookSecretRequest: Codable, Sendable, Equatable {
    /// How long the former secret signs, too: a day unless given; 0 for one that somebody may have.
    public let overlapSeconds: OverlapSeconds?

    public init(overlapSeconds: OverlapSeconds? = nil) {
        self.overlapSeconds = overlapSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case overlapSeconds = "overlap_seconds"
    }
}

/// Where a webhook is delivered, as it was written: what it may be is the server's to say, which knows whom it may call.
public struct WebhookURLText: ConstrainedText, Equatable {
    public let text: String

    /// Nil when empty, too long or with characters that no address has.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules {
        TextRules(length: 1...WebhookURL.longest, format: .webhookURL)
    }
    public static var example: String { "https://receiver.example.org/plinth" }
}

/// What a team calls a webhook: at most 100 characters on one line; may be empty.
public struct WebhookNameText: ConstrainedText, Equatable {
    public let text: String

    /// Nil when too long, in characters or in bytes, or not on one line.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil, text.utf8.count <= WebhookEndpoint.longestName else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 0...100) }
    public static var example: String { "Accounting" }
}

/// How long a former secret is good beside the new one, in seconds.
public struct OverlapSeconds: SchemaProviding, Sendable, Equatable {
    /// Seven days.
    private static let limits: ClosedRange<Int64> = 0...604_800

    public let seconds: Int64

    /// Nil beyond a week.
    public init?(_ seconds: Int64) {
        guard Self.limits.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    public static var schema: Schema {
        Schema(.integer(limits), example: .number(JSONNumber(86_400)))
    }

    public init(from decoder: any Decoder) throws {
        guard let overlap = OverlapSeconds(try decoder.singleValueContainer().decode(Int64.self)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "out of range"))
        }
        self = overlap
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}
