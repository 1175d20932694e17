public import Core

/// Which rows of a team's log are listed.
public struct TeamAuditQuery: Codable, Sendable, Equatable {
    /// Who did it.
    public let actor: ID<User>?
    public let action: AuditActionText?
    /// The first moment that counts.
    public let from: Timestamp?
    /// The first moment that counts no more.
    public let to: Timestamp?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(
        actor: ID<User>? = nil, action: AuditActionText? = nil, from: Timestamp? = nil, to: Timestamp? = nil,
        limit: PageLimit? = nil, cursor: Cursor? = nil
    ) {
        self.actor = actor
        self.action = action
        self.from = from
        self.to = to
        self.limit = limit
        self.cursor = cursor
    }

    /// As repositories want it.
    public var filter: AuditFilter { AuditFilter(actor: actor, action: action?.text, from: from, to: to) }
    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }
}
