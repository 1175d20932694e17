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

    func consume(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken? {
        try await access.write { tables in
            guard let token = tables.oneTimeTokens[hash], token.purpose == purpose, scope.sees(token.userID)
            else { return nil }
            return tables.oneTimeTokens.removeValue(forKey: hash)
        }
    }

    func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose]) async throws {
        try await remove { $0.userID == user && purposes.contains($0.purpose) }
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
