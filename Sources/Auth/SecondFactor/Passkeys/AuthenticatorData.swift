import Core

/// What an authenticator says and signs (WebAuthn section 6.1, with the backup flags of level 3).
struct AuthenticatorData {
    /// Bytes. The longest credential, its key and generous extensions have about 2,000.
    static let longestInBytes = 4 * 1024
    private static let hashLength = 32
    private static let counterLength = 4
    private static let lengthBeforeCredential = hashLength + 1 + counterLength

    struct Flags: OptionSet {
        let rawValue: UInt8

        static let userPresent = Flags(rawValue: 1 << 0)
        static let userVerified = Flags(rawValue: 1 << 2)
        static let backupEligible = Flags(rawValue: 1 << 3)
        static let backedUp = Flags(rawValue: 1 << 4)
        static let hasCredential = Flags(rawValue: 1 << 6)
        static let hasExtensions = Flags(rawValue: 1 << 7)
    }

    let bytes: [UInt8]
    let relyingPartyHash: [UInt8]
    let flags: Flags
    let signCount: UInt32
    /// Present in registrations.
    let credential: AttestedCredential?

    /// Reads `bytes` to their end. Extensions must be there if announced; what they say is not kept.
    init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        guard (Self.lengthBeforeCredential...Self.longestInBytes).contains(bytes.count) else {
            throw .malformedAuthenticatorData
        }
        self.bytes = bytes
        relyingPartyHash = Array(bytes.prefix(Self.hashLength))
        flags = Flags(rawValue: bytes[Self.hashLength])
        signCount = bytes[(Self.hashLength + 1)..<Self.lengthBeforeCredential].reduce(0) { $0 << 8 | UInt32($1) }
        var rest = bytes.dropFirst(Self.lengthBeforeCredential)
        credential = flags.contains(.hasCredential) ? try AttestedCredential(takenFrom: &rest) : nil
        if flags.contains(.hasExtensions) {
            guard let (extensions, end) = CBORReader.firstItem(rest), extensions.map != nil else {
                throw .malformedAuthenticatorData
            }
            rest = end
        }
        guard rest.isEmpty else { throw .malformedAuthenticatorData }
    }

    /// What registrations and assertions ask of it alike (WebAuthn sections 7.1 and 7.2).
    func check(relyingParty: RelyingParty, requiresUserVerification: Bool) throws(PasskeyProblem) {
        guard ConstantTime.equal(relyingPartyHash, relyingParty.idHash) else { throw .wrongRelyingParty }
        guard flags.contains(.userPresent) else { throw .userNotPresent }
        guard !requiresUserVerification || flags.contains(.userVerified) else { throw .userNotVerified }
        guard !flags.contains(.backedUp) || flags.contains(.backupEligible) else { throw .backedUpWithoutEligibility }
    }
}
