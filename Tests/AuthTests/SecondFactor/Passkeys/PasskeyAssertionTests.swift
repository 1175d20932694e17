import Core
import Crypto
import Foundation
import Testing

@testable import Auth

struct PasskeyAssertionTests {
    @Test(arguments: RecordedPasskey.programs + RecordedPasskey.specification)
    func `a recorded assertion is accepted`(recorded: RecordedPasskey) throws {
        let use = try recorded.use()
        #expect(use.signCount >= (try recorded.stored().signCount))
        #expect(try Base64URL.encode(recorded.assertion().challenge()) == recorded.assertionChallenge)
    }

    @Test func `an assertion says what is new`() throws {
        #expect(
            try RecordedPasskey.selfAttested.use(requiresUserVerification: true)
                == PasskeyUse(signCount: 6, isUserVerified: true, isBackedUp: true))
        #expect(
            try RecordedPasskey.softwareToken.use()
                == PasskeyUse(signCount: 1, isUserVerified: false, isBackedUp: false))
        #expect(throws: PasskeyProblem.userNotVerified) {
            try RecordedPasskey.softwareToken.use(requiresUserVerification: true)
        }
    }

    @Test func `a recorded assertion does not hold for another passkey`() throws {
        let assertion = try RecordedPasskey.edDSA.assertion()
        for other in [RecordedPasskey.edDSASelfAttested, .selfAttested] {
            let key = try other.stored()
            let passkey = StoredPasskey(
                publicKey: key.publicKey, userHandle: assertion.userHandle ?? [], signCount: 0, isBackupEligible: true)
            #expect(throws: PasskeyProblem.badSignature) {
                try assertion.verify(
                    against: passkey, relyingParty: other.relyingParty, challenge: try assertion.challenge(),
                    requiresUserVerification: false)
            }
        }
    }

    @Test func `an assertion that names its user must name the owner`() throws {
        let authenticator = TestAuthenticator.es256()
        let passkey = try authenticator.stored()
        _ = try authenticator.use { $0.userHandle = nil }.verify(against: passkey)
        _ = try authenticator.use().verify(against: passkey)
        for other: [UInt8] in [[], [0], TestAuthenticator.userHandle + [0]] {
            let assertion = try authenticator.use { $0.userHandle = other }
            #expect(throws: PasskeyProblem.wrongUser) { try assertion.verify(against: passkey) }
        }
    }

    @Test(arguments: [
        (UInt32(0), UInt32(0), true), (0, 1, true), (0, .max, true), (1, 2, true), (5, 100, true),
        (.max - 1, .max, true),
        (1, 0, false), (.max, 0, false), (1, 1, false), (5, 4, false), (.max, .max, false), (.max, 1, false),
    ])
    func `the count must grow unless there is none`(stored: UInt32, new: UInt32, isFine: Bool) throws {
        let authenticator = TestAuthenticator.es256()
        let passkey = try authenticator.stored(signCount: stored)
        let assertion = try authenticator.use { $0.signCount = new }
        if isFine {
            #expect(try assertion.verify(against: passkey).signCount == new)
        } else {
            #expect(throws: PasskeyProblem.counterWentBack) { try assertion.verify(against: passkey) }
        }
    }

    @Test func `nobody but the passkey can make it look cloned`() throws {
        let passkey = try TestAuthenticator.es256().stored(signCount: 5)
        let assertion = try TestAuthenticator.es256().use { $0.flags |= 0x08 }
        #expect(throws: PasskeyProblem.badSignature) { try assertion.verify(against: passkey) }
    }

    @Test func `whether it may be backed up never changes`() throws {
        let authenticator = TestAuthenticator.es256()
        for isEligible in [false, true] {
            let passkey = try authenticator.stored(isBackupEligible: isEligible)
            let same = try authenticator.use { $0.flags |= isEligible ? 0x08 : 0 }
            let other = try authenticator.use { $0.flags |= isEligible ? 0 : 0x08 }
            #expect(try same.verify(against: passkey).isBackedUp == false)
            #expect(throws: PasskeyProblem.backupEligibilityChanged) { try other.verify(against: passkey) }
        }
        let backedUp = try authenticator.use { $0.flags |= 0x18 }
        #expect(try backedUp.verify(against: try authenticator.stored(isBackupEligible: true)).isBackedUp)
    }

    private static let signatures: [Cheat] = [
        Cheat("a credential", .unexpectedCredential) {
            $0.flags |= 0x40
            $0.parameters = TestAuthenticator.es256().parameters
        },
        Cheat("a credential announced but missing", .malformedAuthenticatorData) { $0.flags |= 0x40 },
        Cheat("a bit of the signature flipped", .badSignature) {
            $0.changedSignature = { $0.dropLast() + [($0.last ?? 0) ^ 1] }
        },
        Cheat("no signature", .badSignature) { $0.changedSignature = { _ in [] } },
        Cheat("a byte after the signature", .badSignature) { $0.changedSignature = { $0 + [0] } },
        Cheat("a signature cut off", .badSignature) { $0.changedSignature = { $0.dropLast() } },
        Cheat("a signature of zeros", .badSignature) { $0.changedSignature = { $0.map { _ in 0 } } },
        Cheat("a signature of a megabyte", .badSignature) {
            $0.changedSignature = { _ in [UInt8](repeating: 0x30, count: 1 << 20) }
        },
        Cheat("a signature of a high length", .badSignature) {
            $0.changedSignature = { [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF] + $0.dropFirst(2) }
        },
    ]

    @Test(arguments: Cheat.ofBrowsers("webauthn.create") + Cheat.ofAuthenticators)
    func `a cheat is refused`(cheat: Cheat) throws {
        for authenticator in [TestAuthenticator.es256(), .edDSA()] {
            let assertion = try authenticator.use(cheat.change)
            let passkey = try authenticator.stored()
            #expect(throws: cheat.problem) { try assertion.verify(against: passkey, requiresUserVerification: true) }
        }
    }

    @Test(arguments: signatures)
    func `a wrong signature is refused`(cheat: Cheat) throws {
        for authenticator in [TestAuthenticator.es256(), .edDSA()] {
            let assertion = try authenticator.use(cheat.change)
            let passkey = try authenticator.stored()
            #expect(throws: cheat.problem) { try assertion.verify(against: passkey) }
        }
    }

    @Test func `a raw signature of ES256 is refused`() throws {
        let authenticator = TestAuthenticator.es256()
        let assertion = try authenticator.use {
            $0.changedSignature = { signature in
                guard let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return [] }
                return Array(parsed.rawRepresentation)
            }
        }
        #expect(assertion.signature.count == 64)
        #expect(throws: PasskeyProblem.badSignature) { try assertion.verify(against: try authenticator.stored()) }
    }

    @Test func `what was signed can't be changed`() throws {
        for recorded in RecordedPasskey.programs {
            let made = try recorded.assertion()
            let passkey = try recorded.stored()
            var counted = made.authenticatorData
            counted[36] ^= 0x80
            let clientData = made.clientDataJSON.dropLast() + Array(#","a":1}"#.utf8)
            for (json, data) in [(clientData, made.authenticatorData), (made.clientDataJSON, counted)] {
                let other = PasskeyAssertion(
                    credentialID: made.credentialID, clientDataJSON: json, authenticatorData: data,
                    signature: made.signature, userHandle: made.userHandle)
                #expect(throws: PasskeyProblem.badSignature) {
                    try other.verify(
                        against: passkey, relyingParty: recorded.relyingParty, challenge: try made.challenge(),
                        requiresUserVerification: false)
                }
            }
        }
    }
}
