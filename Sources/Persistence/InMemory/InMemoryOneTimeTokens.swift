import Core
import Persistence

struct InMemoryOneTimeTokens: OneTimeTokenRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ token: OneTimeToken) async throws {
        try await access.write { tables in
            try Scope.require(scope.sees(token.userID))
            try Digest.check(token.hash)
            guard tables.oneTimeTokens[token.hash] == nil else { throw DatabaseError.duplicate(.oneTimeTokenHash) }
            guard tables.users[token.userID] != nil else { throw DatabaseError.foreignKeyViolation }
            tables.oneTimeTokens[token.hash] = token
        }
    }

    func find(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken? {
        try await access.read { tables in
            tables.oneTimeTokens[hash].flatMap { $0.purpose == purpose && scope.sees($0.userID) ? $0 : nil }
        }
    }

    func consume(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken? {
        try await access.write { tables in
            guard let token = tables.oneTimeTokens[hash], token.purpose == purpose, scope.sees(token.userID)
            else { return nil }
            return tables.oneTimeTokens.removeValue(forKey: hash)
        }
    }

    func list(of user: ID<User>) async throws -> [OneTimeToken] {
        try await access.read { tables in
            scope.sees(user) ? tables.oneTimeTokens.values.filter { $0.userID == user } : []
        }
    }

    func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose], madeSince time: Timestamp?) async throws {
        try await remove { token in
            token.userID == user && purposes.contains(token.purpose) && time.map { $0 <= token.createdAt } ?? true
        }
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await remove { $0.expiresAt < time }
    }

    @discardableResult
    private func remove(_ isMeant: (OneTimeToken) -> Bool) async throws -> Int {
        try await access.write { tables in
            let meant = tables.oneTimeTokens.values.filter { scope.sees($0.userID) && isMeant($0) }
            for token in meant { tables.oneTimeTokens[token.hash] = nil }
            return meant.count
        }
    }
}
