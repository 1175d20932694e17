import Core
import Crypto
import Foundation

/// A browser's answer to the request for a new passkey.
public struct PasskeyRegistration: Sendable {
    /// Transports that are kept.
    static let mostTransports = 8
    /// Characters of one. The longest defined is `smart-card`.
    static let longestTransport = 32

    public let clientDataJSON: [UInt8]
    public let attestationObject: [UInt8]
    public let transports: [String]

    public init(clientDataJSON: [UInt8], attestationObject: [UInt8], transports: [String]) {
        self.clientDataJSON = clientDataJSON
        self.attestationObject = attestationObject
        self.transports = transports
    }

    /// The challenge it claims to answer. Nothing is verified yet: the caller sees whether it is one of its own, unused
    /// and for this person, and then hands it to ``verify(relyingParty:challenge:requiresUserVerification:)``.
    public func challenge() throws(PasskeyProblem) -> [UInt8] {
        try ClientData(clientDataJSON).challenge
    }

    /// The new passkey (WebAuthn section 7.1, without attestation; see `AttestationObject`).
    ///
    /// Without attestation nothing proves that the authenticator holds the private key before its first assertion. That
    /// the credential id is not registered yet is left to the caller.
    /// - Parameter challenge: What was asked, at least 16 random bytes; used once.
    public func verify(
        relyingParty: RelyingParty, challenge: [UInt8], requiresUserVerification: Bool
    ) throws(PasskeyProblem) -> NewPasskey {
        try ClientData(clientDataJSON).check(.registration, challenge: challenge, relyingParty: relyingParty)
        let attestation = try AttestationObject(attestationObject)
        let data = attestation.authenticatorData
        try data.check(relyingParty: relyingParty, requiresUserVerification: requiresUserVerification)
        guard let credential = data.credential else { throw .missingCredential }
        try attestation.checkStatement(clientDataHash: Array(SHA256.hash(data: clientDataJSON)))
        return NewPasskey(
            credentialID: credential.id, publicKey: credential.publicKey, signCount: data.signCount,
            aaguid: credential.aaguid, isBackupEligible: data.flags.contains(.backupEligible),
            isBackedUp: data.flags.contains(.backedUp), isUserVerified: data.flags.contains(.userVerified),
            transports: Self.kept(transports))
    }

    /// Each once, sorted as section 5.2.1 has it. Unknown ones stay (level 3), as long as they look like names.
    private static func kept(_ transports: [String]) -> [String] {
        let names = transports.filter { transport in
            (1...longestTransport).contains(transport.utf8.count)
                && transport.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == 0x2D }
        }
        return Array(Set(names).sorted().prefix(mostTransports))
    }
}
