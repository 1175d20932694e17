/// A permission on one thing, as a team gave it to a member or to everybody with a role.
public struct TeamGrant: Sendable, Equatable, Identifiable {
    public let id: ID<TeamGrant>
    public let teamID: ID<Team>
    public let subject: TeamGrantSubject
    public let grant: ResourceGrant
    /// Nil once that account is gone.
    public let grantedBy: ID<User>?
    public let createdAt: Timestamp

    public init(
        id: ID<TeamGrant>, teamID: ID<Team>, subject: TeamGrantSubject, grant: ResourceGrant, grantedBy: ID<User>?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.teamID = teamID
        self.subject = subject
        self.grant = grant
        self.grantedBy = grantedBy
        self.createdAt = createdAt
    }
}

/// Who has a permission on one thing. It goes with the membership or the role.
public enum TeamGrantSubject: Sendable, Hashable {
    case member(ID<User>)
    case role(RoleID)
}
