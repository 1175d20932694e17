/// Why a registration or an assertion of a passkey is refused. For logs and metrics; a client learns only that it was.
public enum PasskeyProblem: Error, Equatable {
    /// Not the JSON that browsers write, or too long.
    case malformedClientData
    /// A registration where an assertion was due, or the other way round.
    case wrongType
    case wrongChallenge
    /// Made on another site, or under another scheme or port.
    case wrongOrigin
    /// Made in a frame of another site.
    case crossOrigin

    /// Not CBOR of the three members it must have, or too long.
    case malformedAttestation
    /// Format `none` says something all the same.
    case attestationNotEmpty
    /// Signed by the passkey itself, under another algorithm than its own.
    case wrongAttestationAlgorithm
    case badAttestationSignature

    /// Too short or too long, or not in the form its flags announce.
    case malformedAuthenticatorData
    /// For another relying party.
    case wrongRelyingParty
    /// Nobody touched the authenticator.
    case userNotPresent
    /// Neither PIN nor biometrics.
    case userNotVerified
    /// Says it is backed up, though it can't be.
    case backedUpWithoutEligibility
    /// A registration without a credential.
    case missingCredential
    /// An assertion with one.
    case unexpectedCredential

    /// Another kind of key than ES256 and EdDSA.
    case unsupportedKey
    /// A key whose parameters are missing, too many, of the wrong size or no point of its curve.
    case malformedKey

    /// The passkey of another user than the authenticator says.
    case wrongUser
    case badSignature
    /// The number of signatures did not grow: there may be two authenticators with one key.
    case counterWentBack
    /// What could not be backed up now can, or the other way round, which never happens to one passkey.
    case backupEligibilityChanged
}
