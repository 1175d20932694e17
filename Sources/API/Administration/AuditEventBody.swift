public import Core

/// A row of an audit log.
public struct AuditEventBody: Codable, Sendable, Equatable {
    public let id: ID<AuditEvent>
    /// `noun.verb_past`, such as `session.revoked`.
    public let action: String
    /// Who did it; null when nobody was signed in, and for an API key of a team.
    public let actor: ID<User>?
    /// The team's API key by which it was done, on behalf of nobody.
    public let apiKey: ID<TeamAPIKey>?
    /// The administrator who acted as the actor, if one did.
    public let impersonator: ID<User>?
    /// In whose log it is, if in a person's.
    public let userID: ID<User>?
    /// In whose log it is, if in a team's.
    public let teamID: ID<Team>?
    public let targetType: String
    public let targetID: String?
    /// Null once the person is erased, as what is personal in the changes.
    public let ip: String?
    public let requestID: String?
    /// New values by name, and the reason of an administrator.
    public let changes: JSONValue
    public let createdAt: Timestamp

    public init(_ event: AuditEvent) {
        id = event.id
        action = event.action
        actor = event.actorID
        apiKey = event.actorKeyID
        impersonator = event.impersonatorID
        userID = event.userID
        teamID = event.teamID
        targetType = event.targetType
        targetID = event.targetID
        ip = event.origin.ip
        requestID = event.origin.requestID
        var changes = JSONObject()
        let values = event.changes.merging(event.personal) { _, personal in personal }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { changes.append(name, .string(value)) }
        self.changes = .object(changes)
        createdAt = event.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case action
        case actor
        case apiKey = "api_key"
        case impersonator
        case userID = "user_id"
        case teamID = "team_id"
        case targetType = "target_type"
        case targetID = "target_id"
        case ip
        case requestID = "request_id"
        case changes
        case createdAt = "created_at"
    }
}

/// Which rows of all logs are listed.
public struct AdminAuditQuery: Codable, Sendable, Equatable {
    /// Who did it.
    public let actor: ID<User>?
    public let action: AuditActionText?
    /// The first moment that counts.
    public let from: Timestamp?
    /// The first moment that counts no more.
    public let to: Timestamp?
    /// In whose log.
    public let user: ID<User>?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(
        actor: ID<User>? = nil, action: AuditActionText? = nil, from: Timestamp? = nil, to: Timestamp? = nil,
        user: ID<User>? = nil, limit: PageLimit? = nil, cursor: Cursor? = nil
    ) {
        self.actor = actor
        self.action = action
        self.from = from
        self.to = to
        self.user = user
        self.limit = limit
        self.cursor = cursor
    }

    /// As repositories want it.
    public var filter: AuditFilter { AuditFilter(actor: actor, action: action?.text, from: from, to: to) }
    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }
}

/// What an act is called in audit logs: 1 to 100 printable ASCII characters.
public struct AuditActionText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no act is called.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...100, characters: .visibleASCII) }
    public static var example: String { "session.revoked" }
}
