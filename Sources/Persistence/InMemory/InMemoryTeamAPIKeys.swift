import Core
import Persistence

struct InMemoryTeamAPIKeys: TeamAPIKeyRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ key: TeamAPIKey, hash: [UInt8]) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(key.teamID))
            try key.checkConstraints()
            try Digest.check(hash)
            guard tables.teams[key.teamID] != nil else { throw DatabaseError.foreignKeyViolation }
            guard tables.teamAPIKeys[key.id] == nil else { throw DatabaseError.uniqueViolation }
            tables.teamAPIKeys[key.id] = TeamAPIKeyRow(key: key, hashes: KeySecretHashes(current: hash))
        }
    }

    func authenticate(_ id: ID<TeamAPIKey>) async throws -> TeamAPIKeyUse? {
        try await access.read { tables in
            guard let row = tables.teamAPIKeys[id], scope.isIn(row.key.teamID),
                let team = tables.teams[row.key.teamID]
            else { return nil }
            return TeamAPIKeyUse(key: row.key, hashes: row.hashes, settings: team.settings)
        }
    }

    func find(_ id: ID<TeamAPIKey>, in team: ID<Team>) async throws -> TeamAPIKey? {
        try await access.read { tables in own(team, in: tables).first { $0.id == id } }
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamAPIKey> {
        try await access.read { tables in
            .latestFirst(own(team, in: tables), page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func count(in team: ID<Team>) async throws -> Int {
        try await access.read { tables in own(team, in: tables).count }
    }

    func update(_ key: TeamAPIKey) async throws -> Bool {
        try await change(key.id, in: key.teamID) { row in
            try key.checkConstraints()
            row.key.name = key.name
            row.key.scopes = key.scopes
            row.key.addressRanges = key.addressRanges
            row.key.expiresAt = key.expiresAt
            row.key.updatedAt = key.updatedAt
        }
    }

    func rotateSecret(
        of id: ID<TeamAPIKey>, in team: ID<Team>, to hash: [UInt8], formerUntil: Timestamp?, at time: Timestamp
    ) async throws -> Bool {
        try await change(id, in: team) { row in
            try Digest.check(hash)
            row.hashes = KeySecretHashes(current: hash, former: formerUntil == nil ? nil : row.hashes.current)
            row.key.formerSecretUntil = formerUntil
            row.key.updatedAt = time
        }
    }

    func touch(_ id: ID<TeamAPIKey>, in team: ID<Team>, use: TeamAPIKey.Use, interval: Duration) async throws {
        _ = try await change(id, in: team) { row in
            guard row.key.lastUse.map({ $0.time < use.time - interval }) ?? true else { return }
            row.key.lastUse = use
        }
    }

    func remove(_ id: ID<TeamAPIKey>, from team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard own(team, in: tables).contains(where: { $0.id == id }) else { return false }
            tables.teamAPIKeys[id] = nil
            return true
        }
    }

    private func own(_ team: ID<Team>, in tables: Tables) -> [TeamAPIKey] {
        scope.isIn(team) ? tables.teamAPIKeys.values.map(\.key).filter { $0.teamID == team } : []
    }

    private func change(
        _ id: ID<TeamAPIKey>, in team: ID<Team>, _ body: (inout TeamAPIKeyRow) throws -> Void
    ) async throws -> Bool {
        try await access.write { tables in
            guard scope.isIn(team), var row = tables.teamAPIKeys[id], row.key.teamID == team else { return false }
            try body(&row)
            tables.teamAPIKeys[id] = row
            return true
        }
    }
}

extension TeamAPIKey {
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    fileprivate func checkConstraints() throws(DatabaseError) {
        guard !scopes.permissions.isEmpty, addressRanges.count <= Self.mostAddressRanges else {
            throw .checkViolation
        }
    }
}
