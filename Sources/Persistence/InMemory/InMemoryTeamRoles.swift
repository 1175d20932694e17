import Core
import Persistence

struct InMemoryTeamRoles: TeamRoleRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ role: CustomRole) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(role.teamID))
            guard tables.teams[role.teamID] != nil else { throw DatabaseError.foreignKeyViolation }
            guard tables.teamRoles[role.id] == nil else { throw DatabaseError.uniqueViolation }
            try role.requireFreeName(in: tables)
            tables.teamRoles[role.id] = role
        }
    }

    func find(_ id: ID<CustomRole>, in team: ID<Team>) async throws -> CustomRole? {
        try await access.read { tables in own(team, in: tables).first { $0.id == id } }
    }

    func list(in team: ID<Team>) async throws -> [CustomRole] {
        try await access.read { tables in own(team, in: tables) }
    }

    func update(_ role: CustomRole) async throws -> CustomRole {
        try await access.write { tables in
            guard scope.isIn(role.teamID), let stored = tables.teamRoles[role.id], stored.teamID == role.teamID else {
                throw DatabaseError.notFound
            }
            guard stored.version == role.version else { throw DatabaseError.versionConflict }
            try role.requireFreeName(in: tables)
            let changed = CustomRole(
                id: role.id, teamID: role.teamID, name: role.name, permissions: role.permissions,
                createdAt: stored.createdAt, updatedAt: role.updatedAt, version: role.version &+ 1)
            tables.teamRoles[role.id] = changed
            return changed
        }
    }

    func remove(_ id: ID<CustomRole>, in team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard scope.isIn(team), tables.teamRoles[id]?.teamID == team else { return false }
            guard !(tables.teamMembers[team] ?? [:]).values.contains(where: { $0.roleID == .custom(id) }),
                !tables.teamDomains.values.contains(where: { $0.domain.role == .custom(id) })
            else {
                throw DatabaseError.foreignKeyViolation
            }
            tables.teamRoles[id] = nil
            tables.removeGrants { $0.teamID == team && $0.subject == .role(.custom(id)) }
            return true
        }
    }

    private func own(_ team: ID<Team>, in tables: Tables) -> [CustomRole] {
        let isSeen =
            scope.isIn(team)
            || scope.person.map { scope.sees($0, in: team) && tables.member($0, in: team) != nil } ?? false
        return isSeen ? tables.teamRoles.values.filter { $0.teamID == team }.sorted { $0.id < $1.id } : []
    }
}

extension CustomRole {
    fileprivate func requireFreeName(in tables: Tables) throws(DatabaseError) {
        let isTaken = tables.teamRoles.values.contains {
            $0.teamID == teamID && $0.id != id && $0.name.text.lowercased() == name.text.lowercased()
        }
        if isTaken { throw .duplicate(.teamRoleName) }
    }
}
