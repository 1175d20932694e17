/// What is known of a passkey from its registration and its last use.
public struct StoredPasskey: Sendable {
    public let publicKey: PasskeyPublicKey
    /// The handle of the user it belongs to, as it was given to the authenticator.
    public let userHandle: [UInt8]
    public let signCount: UInt32
    public let isBackupEligible: Bool

    public init(publicKey: PasskeyPublicKey, userHandle: [UInt8], signCount: UInt32, isBackupEligible: Bool) {
        self.publicKey = publicKey
        self.userHandle = userHandle
        self.signCount = signCount
        self.isBackupEligible = isBackupEligible
    }
}
