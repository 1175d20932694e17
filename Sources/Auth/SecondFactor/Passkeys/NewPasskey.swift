/// A passkey just registered: what is to be kept of it.
public struct NewPasskey: Sendable, Equatable {
    /// 1 to 1023 bytes, chosen by the authenticator. Must be nobody's yet, which the caller sees to.
    public let credentialID: [UInt8]
    public let publicKey: PasskeyPublicKey
    public let signCount: UInt32
    /// The authenticator's model, 16 bytes; nothing proves it, and many send zeros.
    public let aaguid: [UInt8]
    /// Whether it may be copied to other devices; never changes.
    public let isBackupEligible: Bool
    public let isBackedUp: Bool
    /// Whether PIN or biometrics were checked.
    public let isUserVerified: Bool
    /// How the authenticator can be reached, as the browser says: hints for later ceremonies.
    public let transports: [String]
}
