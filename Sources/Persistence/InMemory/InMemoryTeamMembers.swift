import Core
import Persistence

struct InMemoryTeamMembers: TeamMemberRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ member: TeamMember) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(member.teamID))
            guard tables.teams[member.teamID] != nil, tables.users[member.userID] != nil,
                tables.hasRole(member.role.id, in: member.teamID)
            else { throw DatabaseError.foreignKeyViolation }
            guard tables.teamMembers[member.teamID]?[member.userID] == nil else {
                throw DatabaseError.duplicate(.teamMember)
            }
            tables.teamMembers[member.teamID, default: [:]][member.userID] = TeamMemberRow(
                roleID: member.role.id, joinedAt: member.joinedAt)
        }
    }

    func find(_ user: ID<User>, in team: ID<Team>) async throws -> TeamMember? {
        try await access.read { tables in scope.sees(user, in: team) ? tables.member(user, in: team) : nil }
    }

    func hasMember(emailKey: String, in team: ID<Team>) async throws -> Bool {
        try await access.read { tables in
            tables.userIDs[emailKey].map { scope.isIn(team) && tables.teamMembers[team]?[$0] != nil } ?? false
        }
    }

    func profile(of user: ID<User>, in team: ID<Team>) async throws -> TeamMemberProfile? {
        try await access.read { tables in profile(of: user, in: team, tables) }
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamMemberProfile> {
        try await access.read { tables in
            let profiles = (tables.teamMembers[team] ?? [:]).keys.compactMap { profile(of: $0, in: team, tables) }
            return .latestFirst(profiles, page) { Cursor(time: $0.member.joinedAt, id: $0.member.userID) }
        }
    }

    func setRole(_ role: RoleID, of user: ID<User>, in team: ID<Team>, at _: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard scope.isIn(team), tables.teamMembers[team]?[user] != nil else { return false }
            guard tables.hasRole(role, in: team) else { throw DatabaseError.foreignKeyViolation }
            tables.teamMembers[team]?[user]?.roleID = role
            return true
        }
    }

    func remove(_ user: ID<User>, from team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard scope.isIn(team), tables.teamMembers[team]?.removeValue(forKey: user) != nil else { return false }
            tables.removeGrants { $0.teamID == team && $0.subject == .member(user) }
            return true
        }
    }

    func removeAll(of user: ID<User>, at time: Timestamp) async throws -> [EndedMembership] {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            return tables.teamMembers.keys.sorted().compactMap { tables.end(user, in: $0, at: time) }
        }
    }

    func count(in team: ID<Team>) async throws -> Int {
        try await access.read { tables in
            (tables.teamMembers[team] ?? [:]).keys.count { scope.sees($0, in: team) }
        }
    }

    func firstOwner(in team: ID<Team>, except other: ID<User>) async throws -> ID<User>? {
        try await access.read { tables in
            scope.isIn(team) ? tables.owners(of: team).first { $0 != other } : nil
        }
    }

    func owners(in team: ID<Team>) async throws -> [User] {
        try await access.read { tables in
            scope.isIn(team) ? tables.owners(of: team).compactMap { tables.users[$0]?.user } : []
        }
    }

    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int {
        try await access.read { tables in
            (tables.teamMembers[team] ?? [:]).count { scope.sees($0.key, in: team) && $0.value.roleID == .custom(role) }
        }
    }

    private func profile(of user: ID<User>, in team: ID<Team>, _ tables: Tables) -> TeamMemberProfile? {
        guard scope.sees(user, in: team), let member = tables.member(user, in: team),
            let account = tables.users[user]?.user
        else { return nil }
        return TeamMemberProfile(
            member: member, email: account.email, firstName: account.firstName, lastName: account.lastName)
    }
}

extension Tables {
    fileprivate mutating func end(_ user: ID<User>, in team: ID<Team>, at time: Timestamp) -> EndedMembership? {
        guard let row = teamMembers[team]?.removeValue(forKey: user) else { return nil }
        removeGrants { $0.teamID == team && $0.subject == .member(user) }
        let heir = teams[team]?.ownerID == user ? owners(of: team).first : nil
        if let heir {
            teams[team]?.ownerID = heir
            teams[team]?.updatedAt = time
            teams[team]?.version &+= 1
        }
        return EndedMembership(team: team, role: row.roleID, heir: heir)
    }

    func hasRole(_ role: RoleID, in team: ID<Team>) -> Bool {
        role.customID.map { teamRoles[$0]?.teamID == team } ?? true
    }
}
