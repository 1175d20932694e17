import Core
import Crypto
import Foundation

/// A browser's answer to the request to use a passkey.
public struct PasskeyAssertion: Sendable {
    /// Says which passkey to verify it against.
    public let credentialID: [UInt8]
    public let clientDataJSON: [UInt8]
    public let authenticatorData: [UInt8]
    public let signature: [UInt8]
    /// Whose passkey it is, as the authenticator remembers. Nil from one that keeps no names; a sign-in that asked for
    /// no particular passkeys must have it.
    public let userHandle: [UInt8]?

    public init(
        credentialID: [UInt8], clientDataJSON: [UInt8], authenticatorData: [UInt8], signature: [UInt8],
        userHandle: [UInt8]?
    ) {
        self.credentialID = credentialID
        self.clientDataJSON = clientDataJSON
        self.authenticatorData = authenticatorData
        self.signature = signature
        self.userHandle = userHandle
    }

    /// The challenge it claims to answer. Nothing is verified yet: the caller sees whether it is one of its own, unused
    /// and for this ceremony, and then hands it to
    /// ``verify(against:relyingParty:challenge:requiresUserVerification:)``.
    public func challenge() throws(PasskeyProblem) -> [UInt8] {
        try ClientData(clientDataJSON).challenge
    }

    /// Checks that the passkey was used, here and now (WebAuthn section 7.2).
    ///
    /// `counterWentBack` and `backupEligibilityChanged` are thrown only of what the passkey's key has signed, so that
    /// nobody else can make a passkey look cloned.
    /// - Parameters:
    ///   - passkey: The one named ``credentialID``; if certain ones were asked for, one of these.
    ///   - challenge: What was asked, at least 16 random bytes; used once.
    public func verify(
        against passkey: StoredPasskey, relyingParty: RelyingParty, challenge: [UInt8], requiresUserVerification: Bool
    ) throws(PasskeyProblem) -> PasskeyUse {
        if let userHandle, userHandle != passkey.userHandle { throw .wrongUser }
        try ClientData(clientDataJSON).check(.assertion, challenge: challenge, relyingParty: relyingParty)
        let data = try AuthenticatorData(authenticatorData)
        try data.check(relyingParty: relyingParty, requiresUserVerification: requiresUserVerification)
        guard data.credential == nil else { throw .unexpectedCredential }
        let signed = authenticatorData + Array(SHA256.hash(data: clientDataJSON))
        guard passkey.publicKey.isValidSignature(signature, for: signed) else { throw .badSignature }
        guard data.flags.contains(.backupEligible) == passkey.isBackupEligible else { throw .backupEligibilityChanged }
        // Both zero: an authenticator that does not count, as those of synchronised passkeys.
        guard data.signCount > passkey.signCount || (data.signCount, passkey.signCount) == (0, 0) else {
            throw .counterWentBack
        }
        return PasskeyUse(
            signCount: data.signCount, isUserVerified: data.flags.contains(.userVerified),
            isBackedUp: data.flags.contains(.backedUp))
    }
}
