public import Core

/// The mailed tokens that have not been used.
public protocol OneTimeTokenRepository: Sendable {
    func insert(_ token: OneTimeToken) async throws

    /// Takes the token out by one atomic statement, so that it works once however many ask at the same time.
    /// - Returns: The token, expired or not; nil when there is none with this hash and purpose.
    func consume(hash: [UInt8], purpose: OneTimeToken.Purpose) async throws -> OneTimeToken?

    /// Removes the user's tokens of these purposes.
    func removeAll(of user: ID<User>, purposes: [OneTimeToken.Purpose]) async throws

    /// Removes the tokens that expired before `time`.
    /// - Returns: How many.
    func removeExpired(before time: Timestamp) async throws -> Int
}
