public import Core

/// What a request by a team's key is judged by, as of one moment.
public struct TeamAPIKeyUse: Sendable, Equatable {
    public let key: TeamAPIKey
    public let hashes: KeySecretHashes
    /// What the team asks of whoever uses it.
    public let settings: TeamSettings

    public init(key: TeamAPIKey, hashes: KeySecretHashes, settings: TeamSettings) {
        self.key = key
        self.hashes = hashes
        self.settings = settings
    }
}

/// The API keys of teams, of whose secrets only hashes are kept.
///
/// In the scope of a team only that team's are visible; outside teams only the system sees any.
public protocol TeamAPIKeyRepository: Sendable {
    /// - Parameter hash: SHA-256 of the secret.
    func insert(_ key: TeamAPIKey, hash: [UInt8]) async throws

    /// The key with the hashes of its secrets and its team's settings by one statement, expired or not; nil when there is
    /// none. What every request with a key asks.
    func authenticate(_ id: ID<TeamAPIKey>) async throws -> TeamAPIKeyUse?

    func find(_ id: ID<TeamAPIKey>, in team: ID<Team>) async throws -> TeamAPIKey?

    /// The team's keys, latest first by creation, then id.
    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamAPIKey>

    /// How many keys the team has, expired ones too.
    func count(in team: ID<Team>) async throws -> Int

    /// Writes name, scopes, address ranges, expiry and time of change.
    /// - Returns: Whether the team has such a key.
    func update(_ key: TeamAPIKey) async throws -> Bool

    /// Puts a secret in the place of the current one, which becomes the former one until the time, or goes at once; one that
    /// was former goes.
    /// - Returns: Whether the team has such a key.
    func rotateSecret(
        of id: ID<TeamAPIKey>, in team: ID<Team>, to hash: [UInt8], formerUntil: Timestamp?, at time: Timestamp
    ) async throws -> Bool

    /// Notes that it was used, if the last use noted is older than `interval`.
    func touch(_ id: ID<TeamAPIKey>, in team: ID<Team>, use: TeamAPIKey.Use, interval: Duration) async throws

    /// - Returns: Whether the team had such a key.
    func remove(_ id: ID<TeamAPIKey>, from team: ID<Team>) async throws -> Bool
}
