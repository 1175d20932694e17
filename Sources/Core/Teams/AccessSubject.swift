/// Who wants to do something, with all that the answer depends on.
public struct AccessSubject: Sendable, Hashable {
    /// The part that somebody has in one team.
    public struct Membership: Sendable, Hashable {
        public let teamID: ID<Team>
        public let role: TeamRole
        /// What the team granted on single things, to the member or to the role. They lie here because a grant counts
        /// in the team that made it and nowhere else: a team may name anything in a grant.
        public let grants: Set<ResourceGrant>

        public init(teamID: ID<Team>, role: TeamRole, grants: Set<ResourceGrant> = []) {
            self.teamID = teamID
            self.role = role
            self.grants = grants
        }
    }

    /// The person; nil for an API key that belongs to a team.
    public let userID: ID<User>?
    public let isSuperuser: Bool
    /// Whether the account is on its way to deletion.
    public let isPendingDeletion: Bool
    /// The limits of the API key that is used; nil for a session.
    public let scopes: Scopes?
    /// The part in the team that is asked about; nil for none.
    public let membership: Membership?

    /// A person, through a session or through an API key of their own.
    public init(
        userID: ID<User>, isSuperuser: Bool = false, isPendingDeletion: Bool = false, scopes: Scopes? = nil,
        membership: Membership? = nil
    ) {
        self.userID = userID
        self.isSuperuser = isSuperuser
        self.isPendingDeletion = isPendingDeletion
        self.scopes = scopes
        self.membership = membership
    }

    /// An API key of a team: it may what its scopes say, in that team, on behalf of nobody.
    public init(keyOf team: ID<Team>, scopes: Scopes) {
        userID = nil
        isSuperuser = false
        isPendingDeletion = false
        self.scopes = scopes
        membership = Membership(teamID: team, role: .custom(scopes.permissions))
    }
}

extension AccessSubject {
    /// A person, through a session or through an API key of their own. A superuser without a second factor is a person like
    /// any other.
    public init(user: User, scopes: Scopes? = nil, membership: Membership? = nil) {
        self.init(
            userID: user.id, isSuperuser: user.isSuperuser && user.hasSecondFactor,
            isPendingDeletion: user.deletedAt != nil, scopes: scopes,
            membership: membership)
    }
}
