public import Core

/// Which rows of a team's log are listed.
public struct TeamAuditQuery: Codable, Sendable, Equatable {
    /// Who did it.
    public let actor: ID<User>?
    /// By which API key of the team.
    public let apiKey: ID<TeamAPIKey>?
    public let action: AuditActionText?
    /// The first moment that counts.
    public let from: Timestamp?
    /// The first moment that counts no more.
    public let to: Timestamp?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(
        actor: ID<User>? = nil, apiKey: ID<TeamAPIKey>? = nil, action: AuditActionText? = nil, from: Timestamp? = nil,
        to: Timestamp? = nil,
        limit: PageLimit? = nil, cursor: Cursor? = nil
    ) {
        self.actor = actor
        self.apiKey = apiKey
        self.action = action
        self.from = from
        self.to = to
        self.limit = limit
        self.cursor = cursor
    }

    private enum CodingKeys: String, CodingKey {
        case actor
        case apiKey = "api_key"
        case action
        case from
        case to
        case limit
        case cursor
    }

    /// As repositories want it.
    public var filter: AuditFilter { AuditFilter(actor: actor, key: apiKey, action: action?.text, from: from, to: to) }
    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }
}
