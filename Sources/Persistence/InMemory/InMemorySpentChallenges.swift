import Core
import Persistence

struct InMemorySpentChallenges: SpentChallengeRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(hash: [UInt8], expiresAt: Timestamp) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            try Digest.check(hash)
            guard tables.spentChallenges[hash] == nil else { return false }
            tables.spentChallenges[hash] = expiresAt
            return true
        }
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let expired = tables.spentChallenges.filter { $0.value < time }
            for hash in expired.keys { tables.spentChallenges[hash] = nil }
            return expired.count
        }
    }
}
