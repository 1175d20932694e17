public import Core

/// The passkeys of people. No two have the same credential id.
///
/// In the scope of a person only that person's are visible.
public protocol PasskeyRepository: Sendable {
    /// - Returns: False when somebody has one with this credential id already.
    func insert(_ passkey: Passkey) async throws -> Bool

    func find(credentialID: [UInt8]) async throws -> Passkey?

    /// The person's, latest first; few.
    func list(of user: ID<User>) async throws -> [Passkey]

    /// Notes a use by one atomic statement, unless one with this count or a higher one was noted: both zero is fine.
    /// - Returns: Whether it was noted.
    func use(_ id: ID<Passkey>, signCount: UInt32, isBackedUp: Bool, at time: Timestamp) async throws -> Bool

    /// - Returns: Whether `user` had it.
    func remove(_ id: ID<Passkey>, of user: ID<User>) async throws -> Bool

    /// - Returns: How many the person had.
    func removeAll(of user: ID<User>) async throws -> Int
}
