import Core
import Persistence

struct InMemoryTeamGrants: TeamGrantRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ grant: TeamGrant) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(grant.teamID))
            try grant.grant.item.checkConstraints()
            guard tables.teams[grant.teamID] != nil, tables.has(grant.subject, in: grant.teamID),
                grant.grantedBy.map({ tables.users[$0] != nil }) ?? true
            else { throw DatabaseError.foreignKeyViolation }
            guard tables.teamGrants[grant.id] == nil else { throw DatabaseError.uniqueViolation }
            guard !tables.teamGrants.values.contains(where: grant.says) else {
                throw DatabaseError.duplicate(.resourceGrant)
            }
            tables.teamGrants[grant.id] = grant
        }
    }

    func find(_ id: ID<TeamGrant>, in team: ID<Team>) async throws -> TeamGrant? {
        try await access.read { tables in own(team, in: tables).first { $0.id == id } }
    }

    func list(in team: ID<Team>, matching filter: TeamGrantFilter, page: PageRequest) async throws -> Page<TeamGrant> {
        try await access.read { tables in
            .latestFirst(own(team, in: tables).filter { filter.admits($0.grant.item) }, page) {
                Cursor(time: $0.createdAt, id: $0.id)
            }
        }
    }

    func counts(in team: ID<Team>, on item: ResourceReference) async throws -> TeamGrantCounts {
        try await access.read { tables in
            let own = own(team, in: tables)
            return TeamGrantCounts(inTeam: own.count, onItem: own.count { $0.grant.item == item })
        }
    }

    func remove(_ id: ID<TeamGrant>, in team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard scope.isIn(team), tables.teamGrants[id]?.teamID == team else { return false }
            tables.teamGrants[id] = nil
            return true
        }
    }

    func removeAll(on item: ResourceReference, in team: ID<Team>) async throws -> Int {
        try await access.write { tables in
            guard scope.isIn(team) else { return 0 }
            return tables.removeGrants { $0.teamID == team && $0.grant.item == item }
        }
    }

    private func own(_ team: ID<Team>, in tables: Tables) -> [TeamGrant] {
        scope.isIn(team) ? tables.teamGrants.values.filter { $0.teamID == team } : []
    }
}

extension Tables {
    /// What a member or the member's role was granted on one thing of the team.
    func grants(to member: TeamMember?, on item: ResourceReference) -> Set<ResourceGrant> {
        guard let member else { return [] }
        let subjects: [TeamGrantSubject] = [.member(member.userID), .role(member.role.id)]
        return Set(
            teamGrants.values.filter {
                $0.teamID == member.teamID && $0.grant.item == item && subjects.contains($0.subject)
            }.map(\.grant))
    }

    /// - Returns: How many there were.
    @discardableResult
    mutating func removeGrants(where isGone: (TeamGrant) -> Bool) -> Int {
        let left = teamGrants.filter { !isGone($0.value) }
        defer { teamGrants = left }
        return teamGrants.count - left.count
    }

    fileprivate func has(_ subject: TeamGrantSubject, in team: ID<Team>) -> Bool {
        switch subject {
        case .member(let id): teamMembers[team]?[id] != nil
        case .role(let id): hasRole(id, in: team)
        }
    }
}

extension TeamGrant {
    /// Whether another one says the same.
    fileprivate func says(_ other: TeamGrant) -> Bool {
        other.teamID == teamID && other.subject == subject && other.grant == grant
    }
}

extension TeamGrantFilter {
    fileprivate func admits(_ item: ResourceReference) -> Bool {
        (type.map { $0 == item.type } ?? true) && (self.item.map { $0 == item.id } ?? true)
    }
}

extension ResourceReference {
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    fileprivate func checkConstraints() throws(DatabaseError) {
        guard Self.typeLengths.contains(type.rawValue.utf8.count), Self.idLengths.contains(id.utf8.count) else {
            throw .checkViolation
        }
    }
}
