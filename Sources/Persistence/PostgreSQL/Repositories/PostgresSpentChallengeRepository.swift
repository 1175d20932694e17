import Core
import Persistence
import PostgresClient

struct PostgresSpentChallengeRepository: SpentChallengeRepository {
    let runner: any StatementRunner

    func insert(hash: [UInt8], expiresAt: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            insert into spent_challenges (hash, expires_at)
            values (\(hash), \(expiresAt))
            on conflict do nothing
            """) == 1
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await runner.change("delete from spent_challenges where expires_at < \(time)")
    }
}
