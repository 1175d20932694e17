/// A record that someone changed something. Never altered once written, but for what is personal in it.
public struct AuditEvent: Sendable, Equatable {
    public let id: ID<AuditEvent>
    /// `noun.verb_past`, such as `session.revoked`.
    public let action: String
    /// Who did it; nil when nobody was signed in, and for a key of a team.
    public let actorID: ID<User>?
    /// The team's API key by which it was done, on behalf of nobody.
    public let actorKeyID: ID<TeamAPIKey>?
    /// The administrator who acted as ``actorID``, if one did.
    public let impersonatorID: ID<User>?
    /// Whose log it belongs to, if a person's.
    public let userID: ID<User>?
    /// Whose log it belongs to, if a team's.
    public let teamID: ID<Team>?
    /// The kind of thing changed, such as `session`.
    public let targetType: String
    public let targetID: String?
    public let origin: RequestOrigin
    /// What was changed, new values by name; no secrets, and nothing that says who somebody is.
    public let changes: [String: String]
    /// New values that say something of the person whose log it is, such as a name. Like ``origin``'s address and browser they
    /// go when the person is erased; the rest of the event stays.
    public let personal: [String: String]
    public let createdAt: Timestamp

    public init(
        id: ID<AuditEvent>, action: String, actorID: ID<User>?, actorKeyID: ID<TeamAPIKey>? = nil,
        impersonatorID: ID<User>? = nil, userID: ID<User>? = nil, teamID: ID<Team>? = nil, targetType: String,
        targetID: String?, origin: RequestOrigin, changes: [String: String] = [:], personal: [String: String] = [:],
        createdAt: Timestamp
    ) {
        self.id = id
        self.action = action
        self.actorID = actorID
        self.actorKeyID = actorKeyID
        self.impersonatorID = impersonatorID
        self.userID = userID
        self.teamID = teamID
        self.targetType = targetType
        self.targetID = targetID
        self.origin = origin
        self.changes = changes
        self.personal = personal
        self.createdAt = createdAt
    }

    /// The ``action`` of an account's suspension, in the same moment as ``User/suspendedAt``; its reason is in ``personal``.
    public static let suspension = "user.suspended"

    /// Whose address and browser ``origin`` tells: who did it, or whom it concerned where nobody was signed in.
    /// Nobody's where a program of a team did it.
    public var originPersonID: ID<User>? { impersonatorID ?? actorID ?? (actorKeyID == nil ? userID : nil) }

    /// The event without what it tells of a person.
    public func erased(of person: ID<User>) -> AuditEvent {
        AuditEvent(
            id: id, action: action, actorID: actorID, actorKeyID: actorKeyID, impersonatorID: impersonatorID,
            userID: userID, teamID: teamID, targetType: targetType, targetID: targetID,
            origin: originPersonID == person ? RequestOrigin(requestID: origin.requestID) : origin, changes: changes,
            personal: userID == person ? [:] : personal, createdAt: createdAt)
    }
}
