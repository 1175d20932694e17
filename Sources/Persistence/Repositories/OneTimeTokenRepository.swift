public import Core

/// The mailed tokens that have not been used.
public protocol OneTimeTokenRepository: Sendable {
    func insert(_ token: OneTimeToken) async throws

    /// The token, expired or not, which stays; nil when there is none with this hash and purpose.
    func find(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken?

    /// Takes the token out by one atomic statement, so that it works once however many ask at the same time.
    /// - Returns: The token, expired or not; nil when there is none with this hash and purpose.
    func consume(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken?

    /// The user's tokens, expired or not, in no order; few.
    func list(of user: ID<User>) async throws -> [OneTimeToken]

    /// Removes the user's tokens of these purposes, those made at or after `time` only where one is given.
    func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose], madeSince time: Timestamp?) async throws

    /// Removes the tokens that expired before `time`.
    /// - Returns: How many.
    func removeExpired(before time: Timestamp) async throws -> Int
}

extension OneTimeTokenRepository {
    /// Removes the user's tokens of these purposes, whenever they were made.
    public func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose]) async throws {
        try await removeAll(of: user, purposes: purposes, madeSince: nil)
    }
}
