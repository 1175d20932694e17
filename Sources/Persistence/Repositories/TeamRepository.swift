public import Core

/// A team, and the part that somebody has in it.
public struct TeamSeen: Sendable, Equatable {
    public let team: Team
    /// Nil for somebody who is not in it.
    public let member: TeamMember?
    /// What the member or the member's role was granted on the thing that was asked about.
    public let grants: Set<ResourceGrant>

    public init(team: Team, member: TeamMember?, grants: Set<ResourceGrant> = []) {
        self.team = team
        self.member = member
        self.grants = grants
    }

    /// As ``Policy`` wants to know it; nil for somebody who is not in the team.
    public var membership: AccessSubject.Membership? { member?.membership(with: grants) }
}

/// Which teams are listed.
public enum TeamFilter: Sendable, Equatable {
    case everything
    /// The one with this id, if there is one.
    case id(ID<Team>)
    /// Those whose slug or name begins so.
    case prefix(TeamPrefix)
}

/// The teams.
///
/// In the scope of a team only that team is there; in the scope of a person the teams the person is in, to be read only.
public protocol TeamRepository: Sendable {
    /// Adds a team, in its own scope.
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/teamSlug``.
    func insert(_ team: Team) async throws

    /// The team and the part of `user` in it, in one round trip; nil when there is no such team.
    /// - Parameter user: Nil for nobody, whom a team's key acts for.
    func find(_ id: ID<Team>, by user: ID<User>?) async throws -> TeamSeen?

    /// The same, with what was granted to `user`, as a member or by role, on one thing of the team. In the scope of a person
    /// nothing was.
    func find(_ id: ID<Team>, by user: ID<User>, on item: ResourceReference) async throws -> TeamSeen?

    /// The same, locked until the unit of work ends: whoever else changes the team, its members, roles or invitations comes
    /// before or after, never in between.
    func findLocked(_ id: ID<Team>, by user: ID<User>?) async throws -> TeamSeen?

    /// Writes name, slug, owner, settings and picture where the stored ``Team/version`` is the one given, and counts it up.
    /// - Returns: The team as stored now.
    /// - Throws: ``DatabaseError/versionConflict``, ``DatabaseError/notFound``, ``DatabaseError/duplicate(_:)``.
    func update(_ team: Team) async throws -> Team

    /// Removes the team with all that belongs to it.
    /// - Returns: Whether it was there.
    func remove(_ id: ID<Team>) async throws -> Bool

    /// The teams that somebody is in, latest joined first.
    func list(of user: ID<User>, page: PageRequest) async throws -> Page<TeamSeen>

    /// All teams that match, latest first by creation, then id; by the bytes of what begins so where a prefix is asked for,
    /// which is the slug of a team whose slug does and the name in the form of ``TeamPrefix/searchKey(of:)`` of another. Only
    /// the system may ask.
    func list(matching filter: TeamFilter, page: PageRequest) async throws -> Page<TeamOverview>

    /// How many teams somebody is the primary owner of. Only the system may ask.
    func count(ownedBy user: ID<User>) async throws -> Int

    /// The teams of which `user` is the only owner who is not on the way to deletion, by id. All teams that `user` owns are
    /// locked until the unit of work ends. Only the system may ask.
    func listOwnedAlone(by user: ID<User>) async throws -> [Team]
}
