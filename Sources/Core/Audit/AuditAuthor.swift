/// Who does something, and from where: what acts outside Auth are handed to make their audit rows of. Auth makes it of what a
/// request is authenticated by, so that an administrator who acts as somebody else is never left out.
public struct AuditAuthor: Sendable, Equatable {
    /// The person; nil for a key of a team.
    public let user: ID<User>?
    /// The team's API key that acts on behalf of nobody; nil for a person.
    public let key: ID<TeamAPIKey>?
    /// The administrator who acts as ``user``, if one does.
    public let impersonator: ID<User>?
    public let origin: RequestOrigin

    public init(user: ID<User>, impersonator: ID<User>?, origin: RequestOrigin) {
        self.user = user
        key = nil
        self.impersonator = impersonator
        self.origin = origin
    }

    /// A program that acts by a team's key.
    public init(key: ID<TeamAPIKey>, origin: RequestOrigin) {
        user = nil
        self.key = key
        impersonator = nil
        self.origin = origin
    }

    /// An event of a team's log.
    /// - Parameter member: The member whom it concerns, in whose own log it stands too.
    public func event<Target>(
        _ action: String, of team: ID<Team>, on targetType: String, _ target: ID<Target>, member: ID<User>? = nil,
        changes: [String: String] = [:], id: ID<AuditEvent>, at time: Timestamp
    ) -> AuditEvent {
        AuditEvent(
            id: id, action: action, actorID: user, actorKeyID: key, impersonatorID: impersonator, userID: member,
            teamID: team, targetType: targetType, targetID: target.description, origin: origin, changes: changes,
            createdAt: time)
    }
}
