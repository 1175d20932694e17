/// Somebody's part in a team.
public struct TeamMember: Sendable, Equatable {
    public let teamID: ID<Team>
    public let userID: ID<User>
    public var role: AssignedRole
    public let joinedAt: Timestamp

    public init(teamID: ID<Team>, userID: ID<User>, role: AssignedRole, joinedAt: Timestamp) {
        self.teamID = teamID
        self.userID = userID
        self.role = role
        self.joinedAt = joinedAt
    }

    /// As ``Policy`` wants to know it.
    public var membership: AccessSubject.Membership { membership() }

    /// The same, with what was granted to the member or the role.
    public func membership(with grants: Set<ResourceGrant> = []) -> AccessSubject.Membership {
        AccessSubject.Membership(teamID: teamID, role: role.role, grants: grants)
    }
}

/// A member as the others of the team see them.
public struct TeamMemberProfile: Sendable, Equatable {
    public let member: TeamMember
    public let email: EmailAddress
    public let firstName: PersonName
    public let lastName: PersonName

    public init(member: TeamMember, email: EmailAddress, firstName: PersonName, lastName: PersonName) {
        self.member = member
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
    }
}
