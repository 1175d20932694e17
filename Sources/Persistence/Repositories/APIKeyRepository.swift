public import Core

/// The API keys of people, of whose secrets only hashes are kept.
///
/// In the scope of a person only that person's are visible.
public protocol APIKeyRepository: Sendable {
    /// - Parameter hash: SHA-256 of the secret.
    func insert(_ key: APIKey, hash: [UInt8]) async throws

    /// The key with the hash of its secret and its person in one round trip, expired or not; nil when there is none. What
    /// every request with a key asks.
    func authenticate(_ id: ID<APIKey>) async throws -> (key: APIKey, hash: [UInt8], user: User)?

    /// The person's keys, latest first by creation, then id.
    func list(of user: ID<User>, page: PageRequest) async throws -> Page<APIKey>

    /// How many keys the person has, expired ones too.
    func count(of user: ID<User>) async throws -> Int

    /// Notes that it was used, if the last use noted is older than `interval`.
    func touch(_ id: ID<APIKey>, at time: Timestamp, interval: Duration) async throws

    /// - Returns: Whether `user` had such a key.
    func remove(_ id: ID<APIKey>, of user: ID<User>) async throws -> Bool

    /// - Returns: How many the person had.
    func removeAll(of user: ID<User>) async throws -> Int
}
