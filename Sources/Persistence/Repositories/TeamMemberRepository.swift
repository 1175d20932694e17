public import Core

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

    func count(in team: ID<Team>) async throws -> Int

    /// The owner who joined first, of those who are not on the way to deletion, `other` aside; nil for none.
    func firstOwner(in team: ID<Team>, except other: ID<User>) async throws -> ID<User>?

    /// The accounts of the owners, first joined first; those on the way to deletion aside.
    func owners(in team: ID<Team>) async throws -> [User]

    /// How many members have a role that the team made.
    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int
}
