import Core
import Persistence

struct InMemoryTeams: TeamRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ team: Team) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(team.id))
            try team.checkConstraints()
            guard tables.users[team.ownerID] != nil else { throw DatabaseError.foreignKeyViolation }
            guard tables.teams[team.id] == nil else { throw DatabaseError.uniqueViolation }
            guard !tables.hasTeam(team.slug, except: team.id) else { throw DatabaseError.duplicate(.teamSlug) }
            tables.teams[team.id] = team
        }
    }

    func find(_ id: ID<Team>, by user: ID<User>?) async throws -> TeamSeen? {
        try await access.read { tables in seen(id, by: user, in: tables) }
    }

    func find(_ id: ID<Team>, by user: ID<User>, on item: ResourceReference) async throws -> TeamSeen? {
        try await access.read { tables in
            guard let seen = seen(id, by: user, in: tables) else { return nil }
            let grants = scope.isIn(id) ? tables.grants(to: seen.member, on: item) : []
            return TeamSeen(team: seen.team, member: seen.member, grants: grants)
        }
    }

    func findLocked(_ id: ID<Team>, by user: ID<User>?) async throws -> TeamSeen? {
        // Whoever writes has the turn until the unit of work ends.
        try await access.write { tables in scope.isIn(id) ? seen(id, by: user, in: tables) : nil }
    }

    func update(_ team: Team) async throws -> Team {
        try await access.write { tables in
            guard let stored = tables.teams[team.id], scope.isIn(team.id) else { throw DatabaseError.notFound }
            guard stored.version == team.version else { throw DatabaseError.versionConflict }
            try team.checkConstraints()
            guard tables.users[team.ownerID] != nil else { throw DatabaseError.foreignKeyViolation }
            guard !tables.hasTeam(team.slug, except: team.id) else { throw DatabaseError.duplicate(.teamSlug) }
            let changed = Team(
                id: team.id, name: team.name, slug: team.slug, ownerID: team.ownerID, settings: team.settings,
                avatarURL: team.avatarURL, createdAt: stored.createdAt, updatedAt: team.updatedAt,
                version: team.version &+ 1)
            tables.teams[team.id] = changed
            return changed
        }
    }

    func remove(_ id: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard scope.isIn(id), tables.teams.removeValue(forKey: id) != nil else { return false }
            tables.teamMembers[id] = nil
            tables.invitations = tables.invitations.filter { $0.value.invitation.teamID != id }
            tables.teamDomains = tables.teamDomains.filter { $0.value.domain.teamID != id }
            tables.barredUsers[id] = nil
            tables.teamRoles = tables.teamRoles.filter { $0.value.teamID != id }
            tables.removeGrants { $0.teamID == id }
            tables.teamAPIKeys = tables.teamAPIKeys.filter { $0.value.key.teamID != id }
            return true
        }
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<TeamSeen> {
        try await access.read { tables in
            let seen = tables.teams.keys.filter { scope.sees(user, in: $0) }
                .compactMap { self.seen($0, by: user, in: tables) }.filter { $0.member != nil }
            return .latestFirst(seen, page) { seen in
                Cursor(time: seen.member?.joinedAt ?? seen.team.createdAt, id: seen.team.id)
            }
        }
    }

    func count(ownedBy user: ID<User>) async throws -> Int {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return tables.teams.values.count { $0.ownerID == user }
        }
    }

    func listOwnedAlone(by user: ID<User>) async throws -> [Team] {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            return tables.teams.values.sorted { $0.id < $1.id }.filter { team in
                tables.teamMembers[team.id]?[user]?.roleID == .owner
                    && tables.owners(of: team.id).allSatisfy { $0 == user }
            }
        }
    }

    private func seen(_ id: ID<Team>, by user: ID<User>?, in tables: Tables) -> TeamSeen? {
        guard let team = tables.teams[id] else { return nil }
        let member = user.flatMap { scope.sees($0, in: id) ? tables.member($0, in: id) : nil }
        guard scope.isIn(id) || member != nil else { return nil }
        return TeamSeen(team: team, member: member)
    }
}

extension Team {
    private static let avatarLengths = 1...2048  // bytes

    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    fileprivate func checkConstraints() throws(DatabaseError) {
        guard version > 0, settings.addressRanges.count <= TeamSettings.mostAddressRanges,
            avatarURL.map({ Self.avatarLengths.contains($0.utf8.count) }) ?? true
        else { throw .checkViolation }
    }
}

extension Tables {
    fileprivate func hasTeam(_ slug: TeamSlug, except id: ID<Team>) -> Bool {
        teams.values.contains { $0.slug == slug && $0.id != id }
    }

    /// Those who are not on the way to deletion, first joined first.
    func owners(of team: ID<Team>) -> [ID<User>] {
        (teamMembers[team] ?? [:]).filter { $0.value.roleID == .owner && users[$0.key]?.user.deletedAt == nil }
            .sorted { ($0.value.joinedAt, $0.key) < ($1.value.joinedAt, $1.key) }.map(\.key)
    }

    func member(_ user: ID<User>, in team: ID<Team>) -> TeamMember? {
        guard let row = teamMembers[team]?[user] else { return nil }
        let role =
            row.roleID.customID.flatMap { teamRoles[$0] }.map(AssignedRole.init)
            ?? AssignedRole(id: row.roleID, role: row.roleID.builtInRole ?? .custom([]))
        return TeamMember(teamID: team, userID: user, role: role, joinedAt: row.joinedAt)
    }
}
