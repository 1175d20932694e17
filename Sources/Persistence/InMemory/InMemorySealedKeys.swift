import Core
import Persistence

/// Only the system may ask for keys.
struct InMemorySealedKeys: SealedKeyRepository {
    let scope: Scope
    let access: any TableAccess

    func signingKeys(at time: Timestamp) async throws -> [SealedSigningKey] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return tables.signingKeys.values.filter { time < $0.retiresAt }
                .sorted { ($0.createdAt, $0.keyID) < ($1.createdAt, $1.keyID) }
        }
    }

    func insert(_ key: SealedSigningKey, unlessActiveFrom time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard !tables.signingKeys.values.contains(where: { $0.activeFrom >= time }) else { return false }
            guard tables.signingKeys[key.keyID] == nil else { throw DatabaseError.uniqueViolation }
            tables.signingKeys[key.keyID] = key
            return true
        }
    }

    func revoke(_ keyID: String, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard let key = tables.signingKeys[keyID], key.revokedAt == nil else { return false }
            tables.signingKeys[keyID] = key.changed(revokedAt: time)
            tables.hasChangedKeys = true
            return true
        }
    }

    func reseal(_ keyID: String, from old: [UInt8], to new: [UInt8]) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard let key = tables.signingKeys[keyID], key.sealedPrivateKey == old else { return false }
            tables.signingKeys[keyID] = key.changed(sealedPrivateKey: new)
            return true
        }
    }

    func replaceMasterKeys(fingerprint: [UInt8], at time: Timestamp) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            tables.masterKeys = [fingerprint]
        }
    }

    func rememberMasterKey(fingerprint: [UInt8], at time: Timestamp) async throws -> [[UInt8]] {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            if tables.masterKeys.isEmpty { tables.masterKeys.append(fingerprint) }
            return tables.masterKeys
        }
    }
}

extension SealedSigningKey {
    fileprivate func changed(sealedPrivateKey: [UInt8]? = nil, revokedAt: Timestamp? = nil) -> SealedSigningKey {
        SealedSigningKey(
            keyID: keyID, sealedPrivateKey: sealedPrivateKey ?? self.sealedPrivateKey, createdAt: createdAt,
            activeFrom: activeFrom, retiresAt: retiresAt, revokedAt: revokedAt ?? self.revokedAt)
    }
}
