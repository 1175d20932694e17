import Core
import Persistence

struct InMemorySecondFactors: SecondFactorRepository {
    let scope: Scope
    let access: any TableAccess

    func authenticator(of user: ID<User>) async throws -> Authenticator? {
        try await access.read { tables in scope.sees(user) ? tables.authenticators[user] : nil }
    }

    func setAuthenticator(of user: ID<User>, sealedSecret: [UInt8], at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.sees(user))
            guard tables.users[user] != nil else { throw DatabaseError.foreignKeyViolation }
            guard tables.authenticators[user]?.confirmedAt == nil else { return false }
            tables.authenticators[user] = Authenticator(sealedSecret: sealedSecret, createdAt: time)
            return true
        }
    }

    func confirmAuthenticator(
        of user: ID<User>, sealedSecret: [UInt8], step: Int64, at time: Timestamp
    ) async throws -> Bool {
        try await access.write { tables in
            guard let authenticator = own(user, in: tables), authenticator.confirmedAt == nil,
                authenticator.sealedSecret == sealedSecret
            else { return false }
            tables.authenticators[user] = Authenticator(
                sealedSecret: sealedSecret, createdAt: authenticator.createdAt, confirmedAt: time, lastStep: step)
            return true
        }
    }

    func useCode(of user: ID<User>, step: Int64) async throws -> Bool {
        try await access.write { tables in
            guard let authenticator = own(user, in: tables), let confirmedAt = authenticator.confirmedAt,
                authenticator.lastStep.map({ $0 < step }) ?? true
            else { return false }
            tables.authenticators[user] = Authenticator(
                sealedSecret: authenticator.sealedSecret, createdAt: authenticator.createdAt, confirmedAt: confirmedAt,
                lastStep: step)
            return true
        }
    }

    func authenticators(
        after user: ID<User>?, limit: Int
    ) async throws -> [(user: ID<User>, authenticator: Authenticator)] {
        try await access.read { tables in
            tables.authenticators.filter { row in scope.sees(row.key) && user.map { $0 < row.key } ?? true }
                .sorted { $0.key < $1.key }.prefix(limit).map { (user: $0.key, authenticator: $0.value) }
        }
    }

    func resealAuthenticator(of user: ID<User>, from old: [UInt8], to new: [UInt8]) async throws -> Bool {
        try await access.write { tables in
            guard let authenticator = own(user, in: tables), authenticator.sealedSecret == old else { return false }
            tables.authenticators[user] = Authenticator(
                sealedSecret: new, createdAt: authenticator.createdAt, confirmedAt: authenticator.confirmedAt,
                lastStep: authenticator.lastStep)
            return true
        }
    }

    func removeAuthenticator(of user: ID<User>) async throws -> Bool {
        try await access.write { tables in
            guard own(user, in: tables) != nil else { return false }
            tables.authenticators[user] = nil
            return true
        }
    }

    func replaceRecoveryCodes(of user: ID<User>, with hashes: [[UInt8]], at time: Timestamp) async throws {
        try await access.write { tables in
            try Scope.require(scope.sees(user))
            guard tables.users[user] != nil || hashes.isEmpty else { throw DatabaseError.foreignKeyViolation }
            for hash in hashes { try Digest.check(hash) }
            tables.recoveryCodes[user] = Set(hashes)
        }
    }

    func useRecoveryCode(of user: ID<User>, hash: [UInt8]) async throws -> Bool {
        try await access.write { tables in
            guard scope.sees(user) else { return false }
            return tables.recoveryCodes[user]?.remove(hash) != nil
        }
    }

    func recoveryCodeCount(of user: ID<User>) async throws -> Int {
        try await access.read { tables in scope.sees(user) ? tables.recoveryCodes[user]?.count ?? 0 : 0 }
    }

    private func own(_ user: ID<User>, in tables: Tables) -> Authenticator? {
        scope.sees(user) ? tables.authenticators[user] : nil
    }
}
