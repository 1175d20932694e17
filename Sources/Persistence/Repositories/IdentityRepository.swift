public import Core

/// The accounts at providers that people sign in with. Each belongs to one person at most.
///
/// In the scope of a person only that person's are visible.
public protocol IdentityRepository: Sendable {
    /// Links an account at a provider to a person, unless it is linked already, to whomever.
    /// - Returns: Whether it was linked now.
    func insert(_ identity: LinkedIdentity) async throws -> Bool

    func find(issuer: String, subject: String) async throws -> LinkedIdentity?

    /// The person's, latest first; few.
    func list(of user: ID<User>) async throws -> [LinkedIdentity]

    /// Notes a sign-in, and the address that the provider told.
    func touch(_ id: ID<LinkedIdentity>, email: String?, at time: Timestamp) async throws

    /// - Returns: Whether `user` had it.
    func remove(_ id: ID<LinkedIdentity>, of user: ID<User>) async throws -> Bool

    /// - Returns: How many the person had.
    func removeAll(of user: ID<User>) async throws -> Int
}
