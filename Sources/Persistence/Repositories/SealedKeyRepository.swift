public import Core

/// Keys of the server itself, sealed under a master key.
public protocol SealedKeyRepository: Sendable {
    /// All keys that are not past their retirement at `time`, oldest first.
    func signingKeys(at time: Timestamp) async throws -> [SealedSigningKey]

    /// Adds a signing key unless another was added that becomes active at or after `unlessActiveFrom`, by one atomic
    /// statement: of several instances that rotate at once, one wins.
    /// - Returns: Whether it was added.
    func insert(_ key: SealedSigningKey, unlessActiveFrom time: Timestamp) async throws -> Bool

    /// Kills a key, and tells every instance.
    /// - Returns: False when there is no such key, or it was killed before.
    func revoke(_ keyID: String, at time: Timestamp) async throws -> Bool

    /// Replaces the sealed form of a key where it is still `old`.
    /// - Returns: Whether it was replaced.
    func reseal(_ keyID: String, from old: [UInt8], to new: [UInt8]) async throws -> Bool

    /// Puts the fingerprint of a master key in the place of all that are remembered.
    func replaceMasterKeys(fingerprint: [UInt8], at time: Timestamp) async throws

    /// Remembers the fingerprint of a master key, if none is remembered yet.
    /// - Returns: The fingerprints remembered now, oldest first.
    func rememberMasterKey(fingerprint: [UInt8], at time: Timestamp) async throws -> [[UInt8]]
}

/// A private key that signs access tokens, sealed.
public struct SealedSigningKey: Sendable, Equatable {
    /// The `kid` of RFC 7517.
    public let keyID: String
    /// The raw private key under AES-256-GCM with a master key.
    public let sealedPrivateKey: [UInt8]
    public let createdAt: Timestamp
    /// Signs from then on; published before.
    public let activeFrom: Timestamp
    /// Verifies until then.
    public let retiresAt: Timestamp
    /// Dead since then, whatever the other times say; nil while trusted.
    public let revokedAt: Timestamp?

    public init(
        keyID: String, sealedPrivateKey: [UInt8], createdAt: Timestamp, activeFrom: Timestamp, retiresAt: Timestamp,
        revokedAt: Timestamp? = nil
    ) {
        self.keyID = keyID
        self.sealedPrivateKey = sealedPrivateKey
        self.createdAt = createdAt
        self.activeFrom = activeFrom
        self.retiresAt = retiresAt
        self.revokedAt = revokedAt
    }
}
