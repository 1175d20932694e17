import Core
import Persistence

struct InMemoryTeamDomains: TeamDomainRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ domain: TeamDomain) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(domain.teamID))
            guard tables.teams[domain.teamID] != nil, domain.addedBy.map({ tables.users[$0] != nil }) ?? true,
                domain.role.customID.map({ tables.teamRoles[$0]?.teamID == domain.teamID }) ?? true
            else { throw DatabaseError.foreignKeyViolation }
            guard domain.role != .owner else { throw DatabaseError.checkViolation }
            guard tables.teamDomains[domain.id] == nil else { throw DatabaseError.uniqueViolation }
            guard !own(domain.teamID, in: tables).contains(where: { $0.name == domain.name }) else {
                throw DatabaseError.duplicate(.teamDomain)
            }
            if domain.verification != nil { try tables.requireUnverified(domain.name, exceptOf: domain.teamID) }
            tables.teamDomains[domain.id] = TeamDomainRow(domain: domain, checkedAt: domain.verification?.checkedAt)
        }
    }

    func find(_ id: ID<TeamDomain>, in team: ID<Team>) async throws -> TeamDomain? {
        try await access.read { tables in own(team, in: tables).first { $0.id == id } }
    }

    func find(mailHash: [UInt8]) async throws -> (domain: TeamDomain, mailExpiresAt: Timestamp)? {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let row = tables.teamDomains.values.first { $0.mail?.hash == mailHash }
            return row.flatMap { row in row.mail.map { (row.domain, $0.expiresAt) } }
        }
    }

    func findVerified(_ name: String, in team: ID<Team>) async throws -> TeamDomain? {
        try await access.read { tables in
            own(team, in: tables).first { $0.name.ascii == name && $0.verification != nil }
        }
    }

    func findJoinable(_ name: String, by user: ID<User>) async throws -> JoinableTeam? {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            guard
                let domain = tables.teamDomains.values.map(\.domain)
                    .first(where: { $0.name.ascii == name && $0.verification != nil }),
                let team = tables.teams[domain.teamID],
                tables.teamMembers[team.id]?[user] == nil, tables.barredUsers[team.id]?[user] == nil
            else { return nil }
            return JoinableTeam(team: team, domain: domain)
        }
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamDomain> {
        try await access.read { tables in
            .latestFirst(own(team, in: tables), page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func count(in team: ID<Team>) async throws -> Int {
        try await access.read { tables in own(team, in: tables).count }
    }

    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int {
        try await access.read { tables in own(team, in: tables).count { $0.role == .custom(role) } }
    }

    func setMail(
        hash: [UInt8], expiresAt: Timestamp, of id: ID<TeamDomain>, in team: ID<Team>
    ) async throws -> Bool {
        try await access.write { tables in
            guard unproven(id, of: team, in: tables) != nil else { return false }
            try Digest.check(hash)
            tables.teamDomains[id]?.mail = (hash, expiresAt)
            return true
        }
    }

    func verify(
        _ id: ID<TeamDomain>, in team: ID<Team>, as verification: TeamDomain.Verification
    ) async throws -> Bool {
        try await access.write { tables in
            guard let domain = unproven(id, of: team, in: tables) else { return false }
            try tables.requireUnverified(domain.name, exceptOf: team)
            tables.teamDomains[id] = TeamDomainRow(
                domain: domain.with(verification, until: domain.expiresAt), checkedAt: verification.checkedAt)
            return true
        }
    }

    func listToCheck(checkedBefore time: Timestamp, limit: Int) async throws -> [DomainCheck] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let due = tables.teamDomains.values.compactMap { row in row.checkedAt.map { (row: row, at: $0) } }
                .filter { $0.at < time }
            return due.sorted { ($0.at, $0.row.domain.id) < ($1.at, $1.row.domain.id) }.prefix(limit)
                .map { DomainCheck(domain: $0.row.domain, missingSince: $0.row.missingSince) }
        }
    }

    func setChecked(
        _ id: ID<TeamDomain>, in team: ID<Team>, at time: Timestamp, missingSince: Timestamp?
    ) async throws {
        try await access.write { tables in
            guard own(team, in: tables).contains(where: { $0.id == id }), tables.teamDomains[id]?.checkedAt != nil
            else { return }
            tables.teamDomains[id]?.checkedAt = time
            tables.teamDomains[id]?.missingSince = missingSince
        }
    }

    func unverify(_ id: ID<TeamDomain>, in team: ID<Team>, expiresAt: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard let domain = own(team, in: tables).first(where: { $0.id == id }), domain.verification?.proof == .dns
            else { return false }
            tables.teamDomains[id] = TeamDomainRow(domain: domain.with(nil, until: expiresAt))
            return true
        }
    }

    func remove(_ id: ID<TeamDomain>, in team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard own(team, in: tables).contains(where: { $0.id == id }) else { return false }
            tables.teamDomains[id] = nil
            return true
        }
    }

    func removeExpired(_ name: String, in team: ID<Team>, at time: Timestamp) async throws {
        try await access.write { tables in
            for domain in own(team, in: tables) where domain.name.ascii == name && domain.status(at: time) == .expired {
                tables.teamDomains[domain.id] = nil
            }
        }
    }

    func remove(expiredBefore time: Timestamp) async throws -> Int {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let over = tables.teamDomains.values.map(\.domain).filter {
                $0.verification == nil && $0.expiresAt < time
            }
            for domain in over { tables.teamDomains[domain.id] = nil }
            return over.count
        }
    }

    private func own(_ team: ID<Team>, in tables: Tables) -> [TeamDomain] {
        scope.isIn(team) ? tables.teamDomains.values.map(\.domain).filter { $0.teamID == team } : []
    }

    private func unproven(_ id: ID<TeamDomain>, of team: ID<Team>, in tables: Tables) -> TeamDomain? {
        own(team, in: tables).first { $0.id == id && $0.verification == nil }
    }
}

extension Tables {
    /// - Throws: ``DatabaseError/duplicate(_:)`` where the domain is another team's.
    fileprivate func requireUnverified(_ name: DomainName, exceptOf team: ID<Team>) throws(DatabaseError) {
        let isTaken = teamDomains.values.contains {
            $0.domain.name == name && $0.domain.verification != nil && $0.domain.teamID != team
        }
        if isTaken { throw .duplicate(.verifiedDomain) }
    }
}

extension TeamDomain {
    fileprivate func with(_ verification: Verification?, until expiresAt: Timestamp) -> TeamDomain {
        TeamDomain(
            id: id, teamID: teamID, name: name, role: role, challenge: challenge, addedBy: addedBy,
            createdAt: createdAt, expiresAt: expiresAt, verification: verification)
    }
}

extension TeamDomain.Verification {
    /// When the record was seen that proves it; nil for another proof.
    fileprivate var checkedAt: Timestamp? { proof == .dns ? verifiedAt : nil }
}
