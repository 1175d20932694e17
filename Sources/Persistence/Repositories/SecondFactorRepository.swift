public import Core

/// The second factors of people: an authenticator app and recovery codes.
///
/// In the scope of a person only that person's are visible.
public protocol SecondFactorRepository: Sendable {
    /// The person's authenticator, confirmed or not.
    func authenticator(of user: ID<User>) async throws -> Authenticator?

    /// Sets an unconfirmed authenticator up, in place of one that was not confirmed.
    /// - Returns: False when there is one that was confirmed, which stays.
    func setAuthenticator(of user: ID<User>, sealedSecret: [UInt8], at time: Timestamp) async throws -> Bool

    /// Confirms the authenticator with this very secret by the code of a time step, by one atomic statement.
    /// - Returns: False when it is confirmed already, or another.
    func confirmAuthenticator(
        of user: ID<User>, sealedSecret: [UInt8], step: Int64, at time: Timestamp
    ) async throws -> Bool

    /// Uses the code of a time step of a confirmed authenticator, by one atomic statement: however many bring a code at
    /// once, it works for one.
    /// - Returns: False when this step or a later one was used before.
    func useCode(of user: ID<User>, step: Int64) async throws -> Bool

    /// Authenticators of everybody in the order of their persons' ids, after `user`: for sealing them anew.
    func authenticators(after user: ID<User>?, limit: Int) async throws -> [(
        user: ID<User>, authenticator: Authenticator
    )]

    /// Replaces the sealed secret where it is still `old`.
    /// - Returns: Whether it was replaced.
    func resealAuthenticator(of user: ID<User>, from old: [UInt8], to new: [UInt8]) async throws -> Bool

    /// - Returns: Whether there was one, confirmed or not.
    func removeAuthenticator(of user: ID<User>) async throws -> Bool

    /// Replaces all of the person's recovery codes.
    /// - Parameter hashes: SHA-256 each, none twice; empty for none.
    func replaceRecoveryCodes(of user: ID<User>, with hashes: [[UInt8]], at time: Timestamp) async throws

    /// Uses a recovery code up, by one atomic statement.
    /// - Returns: False when there is no such code.
    func useRecoveryCode(of user: ID<User>, hash: [UInt8]) async throws -> Bool

    /// How many recovery codes are left.
    func recoveryCodeCount(of user: ID<User>) async throws -> Int
}
