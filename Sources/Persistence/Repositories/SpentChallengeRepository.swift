public import Core

/// The challenges that took effect, by their hashes, until they would have expired: each works once.
public protocol SpentChallengeRepository: Sendable {
    /// Notes a challenge as spent. Of several units of work that spend one at once, the others wait for the first.
    /// - Parameter hash: SHA-256.
    /// - Returns: False when it was spent before.
    func insert(hash: [UInt8], expiresAt: Timestamp) async throws -> Bool

    /// Removes those that expired before `time`.
    /// - Returns: How many.
    func removeExpired(before time: Timestamp) async throws -> Int
}
