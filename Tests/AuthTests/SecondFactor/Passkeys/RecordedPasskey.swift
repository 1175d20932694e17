import Core
import Testing

@testable import Auth

/// A registration and an assertion made by programs that share no code with ours. Bytes are in base64url.
struct RecordedPasskey: Sendable, CustomTestStringConvertible {
    let name: String
    let relyingPartyID: String
    let credentialID: String
    let userHandle: String?
    let registrationChallenge: String
    let registrationClientData: String
    let attestationObject: String
    let assertionChallenge: String
    let assertionClientData: String
    let authenticatorData: String
    let signature: String

    var testDescription: String { name }

    var relyingParty: RelyingParty {
        RelyingParty(id: relyingPartyID, name: "Plinth", origins: ["https://\(relyingPartyID)"])
    }

    func registration() throws -> PasskeyRegistration {
        PasskeyRegistration(
            clientDataJSON: Array(registrationClientData.utf8),
            attestationObject: try #require(Base64URL.decode(attestationObject)), transports: ["internal"])
    }

    func assertion() throws -> PasskeyAssertion {
        PasskeyAssertion(
            credentialID: try #require(Base64URL.decode(credentialID)),
            clientDataJSON: Array(assertionClientData.utf8),
            authenticatorData: try #require(Base64URL.decode(authenticatorData)),
            signature: try #require(Base64URL.decode(signature)),
            userHandle: userHandle.flatMap { Base64URL.decode($0) })
    }

    func register(requiresUserVerification: Bool = false) throws -> NewPasskey {
        try registration().verify(
            relyingParty: relyingParty, challenge: try #require(Base64URL.decode(registrationChallenge)),
            requiresUserVerification: requiresUserVerification)
    }

    func stored() throws -> StoredPasskey {
        let passkey = try register()
        return StoredPasskey(
            publicKey: passkey.publicKey, userHandle: userHandle.flatMap { Base64URL.decode($0) } ?? [],
            signCount: passkey.signCount, isBackupEligible: passkey.isBackupEligible)
    }

    func use(requiresUserVerification: Bool = false) throws -> PasskeyUse {
        try assertion().verify(
            against: try stored(), relyingParty: relyingParty,
            challenge: try #require(Base64URL.decode(assertionChallenge)),
            requiresUserVerification: requiresUserVerification)
    }
}
