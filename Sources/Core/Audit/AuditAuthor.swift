/// Who, signed in, does something, and from where: what acts outside Auth are handed to make their audit rows of. Auth makes it
/// of what somebody is signed in by, so that an administrator who acts as somebody else is never left out.
public struct AuditAuthor: Sendable, Equatable {
    public let user: ID<User>
    /// The administrator who acts as ``user``, if one does.
    public let impersonator: ID<User>?
    public let origin: RequestOrigin

    public init(user: ID<User>, impersonator: ID<User>?, origin: RequestOrigin) {
        self.user = user
        self.impersonator = impersonator
        self.origin = origin
    }

    /// An event of a team's log.
    public func event<Target>(
        _ action: String, of team: ID<Team>, on targetType: String, _ target: ID<Target>,
        changes: [String: String] = [:],
        id: ID<AuditEvent>, at time: Timestamp
    ) -> AuditEvent {
        AuditEvent(
            id: id, action: action, actorID: user, impersonatorID: impersonator, teamID: team, targetType: targetType,
            targetID: target.description, origin: origin, changes: changes, createdAt: time)
    }
}
