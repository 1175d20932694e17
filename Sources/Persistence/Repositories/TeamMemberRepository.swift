public import Core

/// A part that somebody had in a team.
public struct EndedMembership: Sendable, Equatable {
    public let team: ID<Team>
    public let role: RoleID
    /// The primary owner from now on, where the person was it and there was another owner to be.
    public let heir: ID<User>?

    public init(team: ID<Team>, role: RoleID, heir: ID<User>?) {
        self.team = team
        self.role = role
        self.heir = heir
    }
}

/// Who is in a team, and as what. Who changes it has locked the team, ``TeamRepository/findLocked(_:by:)``.
///
/// In the scope of a team only its members are there, and of accounts their addresses and names; in the scope of a person the
/// own memberships, to be read only.
public protocol TeamMemberRepository: Sendable {
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/teamMember``.
    func insert(_ member: TeamMember) async throws

    func find(_ user: ID<User>, in team: ID<Team>) async throws -> TeamMember?

    /// Whether somebody with this ``EmailAddress/key`` is in the team.
    func hasMember(emailKey: String, in team: ID<Team>) async throws -> Bool

    func profile(of user: ID<User>, in team: ID<Team>) async throws -> TeamMemberProfile?

    /// The members, latest joined first.
    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamMemberProfile>

    /// Gives a member another role.
    /// - Returns: Whether there is such a member.
    func setRole(_ role: RoleID, of user: ID<User>, in team: ID<Team>, at time: Timestamp) async throws -> Bool

    /// - Returns: Whether there was such a member.
    func remove(_ user: ID<User>, from team: ID<Team>) async throws -> Bool

    /// Takes a person out of every team, all of which are locked until the unit of work ends. Of each whose primary owner the
    /// person is, the owner becomes it who joined first and is not on the way to deletion. Only the system may.
    /// - Returns: What ended, by the team's id.
    func removeAll(of user: ID<User>, at time: Timestamp) async throws -> [EndedMembership]

    func count(in team: ID<Team>) async throws -> Int

    /// The owner who joined first, of those who are not on the way to deletion, `other` aside; nil for none.
    func firstOwner(in team: ID<Team>, except other: ID<User>) async throws -> ID<User>?

    /// The accounts of the owners, first joined first; those on the way to deletion aside.
    func owners(in team: ID<Team>) async throws -> [User]

    /// How many members have a role that the team made.
    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int
}
