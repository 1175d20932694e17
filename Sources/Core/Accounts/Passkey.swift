/// A passkey of a person (WebAuthn): what is known of it from its registration and its last use.
public struct Passkey: Sendable, Equatable, Identifiable {
    public let id: ID<Passkey>
    public let userID: ID<User>
    /// What the person calls it: 1 to 100 characters on one line.
    public let name: String
    /// Chosen by the authenticator, 1 to 1,023 bytes.
    public let credentialID: [UInt8]
    /// In COSE form (RFC 9052).
    public let publicKey: [UInt8]
    /// How often it was used, as the authenticator counts; 0 where it does not.
    public let signCount: UInt32
    /// Whether it may be copied to other devices; never changes.
    public let isBackupEligible: Bool
    public let isBackedUp: Bool
    /// How the authenticator can be reached: hints for browsers.
    public let transports: [String]
    /// The authenticator's model, 16 bytes; unproven.
    public let aaguid: [UInt8]
    public let createdAt: Timestamp
    /// Nil before the first use.
    public let lastUsedAt: Timestamp?

    public init(
        id: ID<Passkey>, userID: ID<User>, name: String, credentialID: [UInt8], publicKey: [UInt8], signCount: UInt32,
        isBackupEligible: Bool, isBackedUp: Bool, transports: [String], aaguid: [UInt8], createdAt: Timestamp,
        lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.userID = userID
        self.name = name
        self.credentialID = credentialID
        self.publicKey = publicKey
        self.signCount = signCount
        self.isBackupEligible = isBackupEligible
        self.isBackedUp = isBackedUp
        self.transports = transports
        self.aaguid = aaguid
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}
