import Core
import Crypto
import Foundation

@testable import Auth

/// An authenticator and the browser before it, in the hands of an attacker: everything they say can be changed before
/// it is signed, or afterwards.
struct TestAuthenticator {
    static let relyingParty = RelyingParty(
        id: "app.example.com", name: "Plinth", origins: ["https://app.example.com"])
    static let challenge = Array("sealed by the server, 32 bytes.".utf8)
    static let userHandle: [UInt8] = Array(1...16)

    enum Key {
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    let key: Key

    static func es256() -> TestAuthenticator { TestAuthenticator(key: .p256(P256.Signing.PrivateKey())) }

    static func edDSA() -> TestAuthenticator { TestAuthenticator(key: .ed25519(Curve25519.Signing.PrivateKey())) }

    /// The public key's parameters, by label.
    var parameters: [(CBORSample, CBORSample)] {
        switch key {
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [
                (.integer(1), .integer(2)), (.integer(3), .integer(-7)), (.integer(-1), .integer(1)),
                (.integer(-2), .bytes(Array(point[..<32]))), (.integer(-3), .bytes(Array(point[32...]))),
            ]
        case .ed25519(let key):
            return [
                (.integer(1), .integer(1)), (.integer(3), .integer(-8)), (.integer(-1), .integer(6)),
                (.integer(-2), .bytes(Array(key.publicKey.rawRepresentation))),
            ]
        }
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .p256(let key): Array(try key.signature(for: message).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: message))
        }
    }

    func register(_ change: (inout CeremonyDraft) -> Void = { _ in }) throws -> PasskeyRegistration {
        var draft = CeremonyDraft(type: "webauthn.create", flags: 0x41, parameters: parameters)
        change(&draft)
        let data = draft.authenticatorData
        let signed = data + Array(SHA256.hash(data: draft.clientDataJSON))
        if draft.attestsItself {
            draft.format = "packed"
            let algorithm = draft.statementAlgorithm ?? (parameters.count == 5 ? -7 : -8)
            let signature = draft.changedSignature(try sign(signed))
            draft.statement = .map([(.text("alg"), .integer(algorithm)), (.text("sig"), .bytes(signature))])
        }
        let object =
            draft.object
            ?? .map([
                (.text("fmt"), .text(draft.format)), (.text("attStmt"), draft.statement),
                (.text("authData"), .bytes(data)),
            ])
        return PasskeyRegistration(
            clientDataJSON: draft.clientDataJSON, attestationObject: object.encoded + draft.objectTail,
            transports: draft.transports)
    }

    func use(_ change: (inout CeremonyDraft) -> Void = { _ in }) throws -> PasskeyAssertion {
        var draft = CeremonyDraft(type: "webauthn.get", flags: 0x01, parameters: nil)
        change(&draft)
        let data = draft.authenticatorData
        let signature = draft.changedSignature(try sign(data + Array(SHA256.hash(data: draft.clientDataJSON))))
        return PasskeyAssertion(
            credentialID: CeremonyDraft.credentialID, clientDataJSON: draft.clientDataJSON, authenticatorData: data,
            signature: signature, userHandle: draft.userHandle)
    }

    func stored(signCount: UInt32 = 0, isBackupEligible: Bool = false) throws -> StoredPasskey {
        StoredPasskey(
            publicKey: try PasskeyPublicKey(CBORSample.map(parameters).encoded), userHandle: Self.userHandle,
            signCount: signCount, isBackupEligible: isBackupEligible)
    }
}

extension PasskeyRegistration {
    func verify(requiresUserVerification: Bool = false) throws(PasskeyProblem) -> NewPasskey {
        try verify(
            relyingParty: TestAuthenticator.relyingParty, challenge: TestAuthenticator.challenge,
            requiresUserVerification: requiresUserVerification)
    }
}

extension PasskeyAssertion {
    func verify(
        against passkey: StoredPasskey, requiresUserVerification: Bool = false
    ) throws(PasskeyProblem) -> PasskeyUse {
        try verify(
            against: passkey, relyingParty: TestAuthenticator.relyingParty, challenge: TestAuthenticator.challenge,
            requiresUserVerification: requiresUserVerification)
    }
}
