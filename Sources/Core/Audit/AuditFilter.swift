/// Whose log is read.
public enum AuditTrail: Sendable, Equatable {
    /// What is in a person's log.
    case person(ID<User>)
    /// What is in a team's log.
    case team(ID<Team>)
    /// All rows, those in nobody's log among them.
    case everything

    /// Whether an event is in it.
    public func contains(_ event: AuditEvent) -> Bool {
        switch self {
        case .person(let id): event.userID == id
        case .team(let id): event.teamID == id
        case .everything: true
        }
    }
}

/// Which rows of a log are meant; nil stands for all.
public struct AuditFilter: Sendable, Equatable {
    /// Who did it, ``AuditEvent/actorID``.
    public let actor: ID<User>?
    /// By which key of a team, ``AuditEvent/actorKeyID``.
    public let key: ID<TeamAPIKey>?
    /// As ``AuditEvent/action``, the whole of it.
    public let action: String?
    /// The first moment that counts.
    public let from: Timestamp?
    /// The first moment that counts no more.
    public let to: Timestamp?

    public init(
        actor: ID<User>? = nil, key: ID<TeamAPIKey>? = nil, action: String? = nil, from: Timestamp? = nil,
        to: Timestamp? = nil
    ) {
        self.actor = actor
        self.key = key
        self.action = action
        self.from = from
        self.to = to
    }

    /// All rows.
    public static let none = AuditFilter()

    public func matches(_ event: AuditEvent) -> Bool {
        (actor == nil || event.actorID == actor) && (key == nil || event.actorKeyID == key)
            && (action == nil || event.action == action)
            && (from.map { $0 <= event.createdAt } ?? true) && (to.map { event.createdAt < $0 } ?? true)
    }
}
