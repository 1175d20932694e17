import Core
import Testing

@testable import Auth

/// Damaged input ends in a ``PasskeyProblem``, never in a trap. What is right apart from the damage gets deepest.
struct PasskeyRobustnessTests {
    private static let recorded = RecordedPasskey.programs + RecordedPasskey.specification

    /// All that is shorter.
    private func prefixes(of bytes: [UInt8]) -> [[UInt8]] {
        bytes.indices.map { Array(bytes.prefix($0)) }
    }

    /// Each byte outside `fine` with its lowest bit or all flipped.
    private func damaged(_ bytes: [UInt8], outside fine: Range<Int> = 0..<0) -> [[UInt8]] {
        bytes.indices.filter { !fine.contains($0) }.flatMap { index in
            [UInt8(1), 0xFF].map { mask in
                var changed = bytes
                changed[index] ^= mask
                return changed
            }
        }
    }

    /// How many of `objects` register as `recorded` did.
    private func accepted(_ objects: [[UInt8]], as recorded: RecordedPasskey) throws -> Int {
        let made = try recorded.registration()
        let challenge = try made.challenge()
        return objects.count { object in
            let registration = PasskeyRegistration(
                clientDataJSON: made.clientDataJSON, attestationObject: object, transports: [])
            let passkey = try? registration.verify(
                relyingParty: recorded.relyingParty, challenge: challenge, requiresUserVerification: false)
            return passkey != nil
        }
    }

    /// How many pairs of client and authenticator data are as good as those of `recorded`.
    private func accepted(_ pairs: [(clientData: [UInt8], data: [UInt8])], as recorded: RecordedPasskey) throws -> Int {
        let made = try recorded.assertion()
        let challenge = try made.challenge()
        let passkey = try recorded.stored()
        return pairs.count { pair in
            let assertion = PasskeyAssertion(
                credentialID: made.credentialID, clientDataJSON: pair.clientData, authenticatorData: pair.data,
                signature: made.signature, userHandle: made.userHandle)
            let use = try? assertion.verify(
                against: passkey, relyingParty: recorded.relyingParty, challenge: challenge,
                requiresUserVerification: false)
            return use != nil
        }
    }

    @Test(arguments: recorded)
    func `an attestation object cut off anywhere is refused`(recorded: RecordedPasskey) throws {
        let object = try recorded.registration().attestationObject
        #expect(try accepted(prefixes(of: object), as: recorded) == 0)
        #expect(try accepted([object], as: recorded) == 1)
    }

    @Test(arguments: recorded)
    func `an attestation object with any byte changed does no harm`(recorded: RecordedPasskey) throws {
        let objects = damaged(try recorded.registration().attestationObject)
        // What nothing signs nor compares may pass: model, id, count, an ignored statement.
        #expect(try accepted(objects, as: recorded) < objects.count)
    }

    @Test(arguments: [RecordedPasskey.selfAttested, .edDSASelfAttested, .specificationSelfAttested])
    func `a passkey that attests itself vouches for every byte but the name of the format`(
        recorded: RecordedPasskey
    ) throws {
        let object = try recorded.registration().attestationObject
        // An unknown format says nothing that is verified.
        let name = try #require(object.firstRange(of: Array("packed".utf8)))
        #expect(try accepted(damaged(object, outside: name), as: recorded) == 0)
    }

    @Test(arguments: recorded)
    func `authenticator data cut off or changed anywhere are refused`(recorded: RecordedPasskey) throws {
        let made = try recorded.assertion()
        let data = prefixes(of: made.authenticatorData) + damaged(made.authenticatorData)
        #expect(try accepted(data.map { (made.clientDataJSON, $0) }, as: recorded) == 0)
        #expect(try accepted([(made.clientDataJSON, made.authenticatorData)], as: recorded) == 1)
    }

    @Test(arguments: recorded)
    func `authenticator data of a registration cut off or changed anywhere do no harm`(recorded: RecordedPasskey) throws
    {
        let data = try AttestationObject(try recorded.registration().attestationObject).authenticatorData.bytes
        #expect(prefixes(of: data).allSatisfy { (try? AuthenticatorData($0)) == nil })
        let changed = damaged(data)
        #expect(changed.count { (try? AuthenticatorData($0)) != nil } < changed.count)
    }

    @Test(arguments: recorded)
    func `client data cut off or changed anywhere are refused`(recorded: RecordedPasskey) throws {
        let made = try recorded.assertion()
        let clientData = prefixes(of: made.clientDataJSON) + damaged(made.clientDataJSON)
        #expect(try accepted(clientData.map { ($0, made.authenticatorData) }, as: recorded) == 0)
    }

    @Test func `bytes at random are refused`() {
        var generator = SplitMix(state: 1)
        for length in 0..<600 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            _ = CBORReader.item(bytes)
            #expect(throws: PasskeyProblem.self) { try AttestationObject(bytes) }
            #expect(throws: PasskeyProblem.self) { try ClientData(bytes) }
            #expect(throws: PasskeyProblem.self) { try PasskeyPublicKey(bytes) }
            _ = try? AuthenticatorData(bytes)
        }
    }
}

/// Numbers at random, the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        let mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ (mixed >> 27)
    }
}
