import Core
import Persistence

struct InMemoryAPIKeys: APIKeyRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ key: APIKey, hash: [UInt8]) async throws {
        try await access.write { tables in
            try Scope.require(scope.sees(key.userID))
            try Digest.check(hash)
            guard tables.users[key.userID] != nil else { throw DatabaseError.foreignKeyViolation }
            tables.apiKeys[key.id] = APIKeyRow(key: key, hash: hash)
        }
    }

    func authenticate(_ id: ID<APIKey>) async throws -> (key: APIKey, hash: [UInt8], user: User)? {
        try await access.read { tables in
            guard let row = tables.apiKeys[id], scope.sees(row.key.userID),
                let user = tables.users[row.key.userID]?.user
            else { return nil }
            return (row.key, row.hash, user)
        }
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<APIKey> {
        try await access.read { tables in
            .latestFirst(own(user, in: tables), page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func count(of user: ID<User>) async throws -> Int {
        try await access.read { tables in own(user, in: tables).count }
    }

    func touch(_ id: ID<APIKey>, at time: Timestamp, interval: Duration) async throws {
        try await access.write { tables in
            guard let row = tables.apiKeys[id], scope.sees(row.key.userID),
                row.key.lastUsedAt.map({ $0 < time - interval }) ?? true
            else { return }
            tables.apiKeys[id]?.key = row.key.used(at: time)
        }
    }

    func remove(_ id: ID<APIKey>, of user: ID<User>) async throws -> Bool {
        try await access.write { tables in
            guard own(user, in: tables).contains(where: { $0.id == id }) else { return false }
            tables.apiKeys[id] = nil
            return true
        }
    }

    func removeAll(of user: ID<User>) async throws -> Int {
        try await access.write { tables in
            let keys = own(user, in: tables)
            for key in keys { tables.apiKeys[key.id] = nil }
            return keys.count
        }
    }

    private func own(_ user: ID<User>, in tables: Tables) -> [APIKey] {
        scope.sees(user) ? tables.apiKeys.values.map(\.key).filter { $0.userID == user } : []
    }
}

extension APIKey {
    fileprivate func used(at time: Timestamp) -> APIKey {
        APIKey(
            id: id, userID: userID, name: name, prefix: prefix, scopes: scopes, expiresAt: expiresAt, lastUsedAt: time,
            createdAt: createdAt)
    }
}
