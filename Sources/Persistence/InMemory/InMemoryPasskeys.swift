import Core
import Persistence

struct InMemoryPasskeys: PasskeyRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ passkey: Passkey) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.sees(passkey.userID))
            guard tables.users[passkey.userID] != nil else { throw DatabaseError.foreignKeyViolation }
            guard !tables.passkeys.values.contains(where: { $0.credentialID == passkey.credentialID })
            else { return false }
            tables.passkeys[passkey.id] = passkey
            return true
        }
    }

    func find(credentialID: [UInt8]) async throws -> Passkey? {
        try await access.read { tables in
            tables.passkeys.values.first { $0.credentialID == credentialID && scope.sees($0.userID) }
        }
    }

    func list(of user: ID<User>) async throws -> [Passkey] {
        try await access.read { tables in
            own(user, in: tables).sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        }
    }

    func use(_ id: ID<Passkey>, signCount: UInt32, isBackedUp: Bool, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard let passkey = tables.passkeys[id], scope.sees(passkey.userID),
                passkey.signCount < signCount || (passkey.signCount, signCount) == (0, 0)
            else { return false }
            tables.passkeys[id] = passkey.used(signCount: signCount, isBackedUp: isBackedUp, at: time)
            return true
        }
    }

    func remove(_ id: ID<Passkey>, of user: ID<User>) async throws -> Bool {
        try await access.write { tables in
            guard own(user, in: tables).contains(where: { $0.id == id }) else { return false }
            tables.passkeys[id] = nil
            return true
        }
    }

    func removeAll(of user: ID<User>) async throws -> Int {
        try await access.write { tables in
            let passkeys = own(user, in: tables)
            for passkey in passkeys { tables.passkeys[passkey.id] = nil }
            return passkeys.count
        }
    }

    private func own(_ user: ID<User>, in tables: Tables) -> [Passkey] {
        scope.sees(user) ? tables.passkeys.values.filter { $0.userID == user } : []
    }
}

extension Passkey {
    fileprivate func used(signCount: UInt32, isBackedUp: Bool, at time: Timestamp) -> Passkey {
        Passkey(
            id: id, userID: userID, name: name, credentialID: credentialID, publicKey: publicKey, signCount: signCount,
            isBackupEligible: isBackupEligible, isBackedUp: isBackedUp, transports: transports, aaguid: aaguid,
            createdAt: createdAt, lastUsedAt: time)
    }
}
