import Core
import Persistence

struct InMemoryIdentities: IdentityRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ identity: LinkedIdentity) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.sees(identity.userID))
            guard tables.users[identity.userID] != nil else { throw DatabaseError.foreignKeyViolation }
            let isLinked = tables.identities.values.contains {
                $0.issuer == identity.issuer && $0.subject == identity.subject
            }
            guard !isLinked else { return false }
            tables.identities[identity.id] = identity
            return true
        }
    }

    func find(issuer: String, subject: String) async throws -> LinkedIdentity? {
        try await access.read { tables in
            tables.identities.values.first {
                $0.issuer == issuer && $0.subject == subject && scope.sees($0.userID)
            }
        }
    }

    func list(of user: ID<User>) async throws -> [LinkedIdentity] {
        try await access.read { tables in
            own(user, in: tables).sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        }
    }

    func touch(_ id: ID<LinkedIdentity>, email: String?, at time: Timestamp) async throws {
        try await access.write { tables in
            guard let identity = tables.identities[id], scope.sees(identity.userID) else { return }
            tables.identities[id] = LinkedIdentity(
                id: id, userID: identity.userID, provider: identity.provider, issuer: identity.issuer,
                subject: identity.subject, email: email, createdAt: identity.createdAt, lastUsedAt: time)
        }
    }

    func remove(_ id: ID<LinkedIdentity>, of user: ID<User>) async throws -> Bool {
        try await access.write { tables in
            guard own(user, in: tables).contains(where: { $0.id == id }) else { return false }
            tables.identities[id] = nil
            return true
        }
    }

    func removeAll(of user: ID<User>) async throws -> Int {
        try await access.write { tables in
            let identities = own(user, in: tables)
            for identity in identities { tables.identities[identity.id] = nil }
            return identities.count
        }
    }

    private func own(_ user: ID<User>, in tables: Tables) -> [LinkedIdentity] {
        scope.sees(user) ? tables.identities.values.filter { $0.userID == user } : []
    }
}
