import Core
import Testing

@testable import Auth

struct PasskeyRegistrationTests {
    @Test(arguments: RecordedPasskey.programs + RecordedPasskey.specification)
    func `a recorded registration is accepted`(recorded: RecordedPasskey) throws {
        let passkey = try recorded.register()
        #expect(Base64URL.encode(passkey.credentialID) == recorded.credentialID)
        #expect(passkey.aaguid.count == 16)
        #expect(passkey.transports == ["internal"])
        #expect(try PasskeyPublicKey(passkey.publicKey.bytes) == passkey.publicKey)
        #expect(try Base64URL.encode(recorded.registration().challenge()) == recorded.registrationChallenge)
    }

    @Test func `a registration says what is to be kept`() throws {
        let passkey = try RecordedPasskey.selfAttested.register(requiresUserVerification: true)
        #expect(passkey.aaguid == Array(0...15))
        #expect(passkey.credentialID.count == 64)
        #expect(passkey.signCount == 5)
        #expect(passkey.isUserVerified && passkey.isBackupEligible && passkey.isBackedUp)
        let other = try RecordedPasskey.softwareToken.register()
        #expect(other.signCount == 0)
        #expect(!other.isUserVerified && !other.isBackupEligible && !other.isBackedUp)
        #expect(try RecordedPasskey.specificationLongID.register().credentialID.count == 1023)
        #expect(try RecordedPasskey.specificationEdDSA.register().publicKey.algorithm == .edDSA)
    }

    @Test func `a recorded registration in a frame of another site is refused`() {
        #expect(throws: PasskeyProblem.crossOrigin) { try RecordedPasskey.specificationInFrame.register() }
    }

    @Test func `a recorded registration without user verification is refused where it is required`() {
        for recorded in [RecordedPasskey.softwareToken, .specificationEdDSA] {
            #expect(throws: PasskeyProblem.userNotVerified) { try recorded.register(requiresUserVerification: true) }
        }
    }

    private static let honest: [Variation] = [
        Variation("as it is") { _ in },
        Variation("attesting itself") { $0.attestsItself = true },
        Variation("verified, backed up, reserved bits") { $0.flags = 0x7F },
        Variation("with extensions") {
            $0.flags |= 0x80
            $0.extensions = CBORSample.map([(.text("credProps"), .bool(true))]).encoded
        },
        Variation("with no extensions after all") {
            $0.flags |= 0x80
            $0.extensions = [0xA0]
        },
        Variation("an id of one byte") { $0.credentialID = [0] },
        Variation("an id of 1023 bytes") { $0.credentialID = [UInt8](repeating: 9, count: 1023) },
        Variation("the highest count") { $0.signCount = .max },
        Variation("an unknown format") {
            $0.format = "compound"
            $0.statement = .array([.map([(.text("fmt"), .text("x"))])])
        },
        Variation("an untrusted certificate") {
            $0.format = "packed"
            $0.statement = .map([
                (.text("alg"), .integer(-7)), (.text("sig"), .bytes([1])), (.text("x5c"), .array([.bytes([2])])),
            ])
        },
        Variation("a TPM's statement") {
            $0.format = "tpm"
            $0.statement = .map([(.text("ver"), .text("2.0")), (.text("certInfo"), .bytes([1, 2, 3]))])
        },
    ]

    @Test(arguments: honest)
    fileprivate func `what may differ may`(variation: Variation) throws {
        for authenticator in [TestAuthenticator.es256(), .edDSA()] {
            let passkey = try authenticator.register(variation.change).verify()
            #expect(passkey.publicKey == (try authenticator.stored().publicKey))
        }
    }

    @Test func `transports are kept as names, each once`() throws {
        let given = [
            "usb", "internal", "hybrid", "usb", "smart-card", "new-kind", "", "USB", "<script>", "a b", "é",
            String(repeating: "a", count: 32), String(repeating: "a", count: 33), "nfc",
        ]
        let passkey = try TestAuthenticator.es256().register { $0.transports = given }.verify()
        #expect(
            passkey.transports == [
                String(repeating: "a", count: 32), "hybrid", "internal", "new-kind", "nfc", "smart-card", "usb",
            ])
        let many = (0..<26).compactMap { UnicodeScalar(97 + $0).map(String.init) }
        #expect(try TestAuthenticator.es256().register { $0.transports = many }.verify().transports.count == 8)
    }

    @Test func `another challenge than the one asked is refused`() throws {
        let registration = try TestAuthenticator.es256().register()
        #expect(try registration.challenge() == TestAuthenticator.challenge)
        for other in [[], [0], TestAuthenticator.challenge + [0], Array(TestAuthenticator.challenge.dropLast())] {
            #expect(throws: PasskeyProblem.wrongChallenge) {
                try registration.verify(
                    relyingParty: TestAuthenticator.relyingParty, challenge: other, requiresUserVerification: false)
            }
        }
    }

    @Test(arguments: Cheat.ofBrowsers("webauthn.get") + Cheat.ofAuthenticators + Cheat.ofRegistrations)
    func `a cheat is refused`(cheat: Cheat) throws {
        for authenticator in [TestAuthenticator.es256(), .edDSA()] {
            let registration = try authenticator.register(cheat.change)
            #expect(throws: cheat.problem) { try registration.verify(requiresUserVerification: true) }
        }
    }

    @Test func `a passkey that attests itself must do so under its own algorithm`() throws {
        for algorithm in [-8, -257, 0] {
            let registration = try TestAuthenticator.es256().register {
                $0.attestsItself = true
                $0.statementAlgorithm = algorithm
            }
            #expect(throws: PasskeyProblem.wrongAttestationAlgorithm) { try registration.verify() }
        }
        let registration = try TestAuthenticator.edDSA().register {
            $0.attestsItself = true
            $0.statementAlgorithm = -7
        }
        #expect(throws: PasskeyProblem.wrongAttestationAlgorithm) { try registration.verify() }
    }

    @Test func `a self attestation does not hold for other client data`() throws {
        let made = try RecordedPasskey.selfAttested.registration()
        let other = PasskeyRegistration(
            clientDataJSON: made.clientDataJSON.dropLast() + Array(#","a":1}"#.utf8),
            attestationObject: made.attestationObject, transports: [])
        #expect(throws: PasskeyProblem.badAttestationSignature) {
            try other.verify(
                relyingParty: RecordedPasskey.selfAttested.relyingParty, challenge: try other.challenge(),
                requiresUserVerification: false)
        }
    }
}

/// Something an honest authenticator may do.
private struct Variation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout CeremonyDraft) -> Void

    init(_ name: String, _ change: @escaping @Sendable (inout CeremonyDraft) -> Void) {
        testDescription = name
        self.change = change
    }
}
