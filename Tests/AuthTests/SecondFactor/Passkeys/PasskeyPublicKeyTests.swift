import Core
import Crypto
import Foundation
import Testing

@testable import Auth

struct PasskeyPublicKeyTests {
    private func problem(
        of authenticator: TestAuthenticator, _ change: (inout CeremonyDraft) -> Void
    ) -> PasskeyProblem? {
        var draft = CeremonyDraft(type: "", flags: 0, parameters: authenticator.parameters)
        change(&draft)
        return problem(CBORSample.map(draft.parameters ?? []).encoded)
    }

    private func problem(_ bytes: [UInt8]) -> PasskeyProblem? {
        do {
            _ = try PasskeyPublicKey(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a key is kept as it came, and verifies what it signed`() throws {
        for (authenticator, algorithm) in [(TestAuthenticator.es256(), PasskeyAlgorithm.es256), (.edDSA(), .edDSA)] {
            let bytes = CBORSample.map(authenticator.parameters).encoded
            let key = try PasskeyPublicKey(bytes)
            #expect(key.bytes == bytes)
            #expect(key.algorithm == algorithm)
            #expect(key == (try PasskeyPublicKey(key.bytes)))
            let message = Array("message".utf8)
            let signature = try authenticator.sign(message)
            #expect(key.isValidSignature(signature, for: message))
            #expect(!key.isValidSignature(signature, for: message + [0]))
            #expect(!key.isValidSignature(signature, for: []))
        }
    }

    @Test func `algorithms are offered by their numbers, ES256 first`() {
        #expect(PasskeyAlgorithm.allCases.map(\.rawValue) == [-7, -8])
    }

    @Test func `the order of parameters does not matter`() throws {
        let authenticator = TestAuthenticator.es256()
        let key = try PasskeyPublicKey(CBORSample.map(authenticator.parameters.reversed()).encoded)
        #expect(key.isValidSignature(try authenticator.sign([1]), for: [1]))
    }

    @Test func `other kinds of keys are refused`() {
        let (es256, edDSA) = (TestAuthenticator.es256(), TestAuthenticator.edDSA())
        // RS256, ES384, ES512, ES256K, ESP256, none, HMAC.
        for algorithm in [-257, -35, -36, -47, -9, 0, 5] {
            #expect(problem(of: es256) { $0.set(3, .integer(algorithm)) } == .unsupportedKey)
            #expect(problem(of: edDSA) { $0.set(3, .integer(algorithm)) } == .unsupportedKey)
        }
        // P-384, P-521, X25519, Ed448, secp256k1.
        for curve in [2, 3, 4, 7, 8, 0, -1] {
            #expect(problem(of: es256) { $0.set(-1, .integer(curve)) } == .unsupportedKey)
            #expect(problem(of: edDSA) { $0.set(-1, .integer(curve)) } == .unsupportedKey)
        }
        for type in [3, 4, 0, -1] {
            #expect(problem(of: es256) { $0.set(1, .integer(type)) } == .unsupportedKey)
            #expect(problem(of: edDSA) { $0.set(1, .integer(type)) } == .unsupportedKey)
        }
        let rsa = CBORSample.map([
            (.integer(1), .integer(3)), (.integer(3), .integer(-257)),
            (.integer(-1), .bytes([UInt8](repeating: 0xAB, count: 256))), (.integer(-2), .bytes([1, 0, 1])),
        ])
        #expect(problem(rsa.encoded) == .unsupportedKey)
    }

    @Test func `type, algorithm and curve must go together`() {
        let (es256, edDSA) = (TestAuthenticator.es256(), TestAuthenticator.edDSA())
        #expect(problem(of: es256) { $0.set(1, .integer(1)) } == .unsupportedKey)
        #expect(problem(of: es256) { $0.set(3, .integer(-8)) } == .unsupportedKey)
        #expect(problem(of: es256) { $0.set(-1, .integer(6)) } == .unsupportedKey)
        #expect(problem(of: edDSA) { $0.set(1, .integer(2)) } == .unsupportedKey)
        #expect(problem(of: edDSA) { $0.set(3, .integer(-7)) } == .unsupportedKey)
        #expect(problem(of: edDSA) { $0.set(-1, .integer(1)) } == .unsupportedKey)
    }

    @Test(arguments: [1, 3, -1, -2, -3])
    func `a key without one of its parameters, or with one of another type, is refused`(label: Int) {
        for authenticator in [TestAuthenticator.es256(), .edDSA()]
        where label != -3 || authenticator.parameters.count == 5 {
            #expect(problem(of: authenticator) { $0.set(label, nil) } == .malformedKey)
            for other: CBORSample in [.text("x"), .bool(true), .raw([0xF6]), .array([]), .bytes([])] {
                #expect(problem(of: authenticator) { $0.set(label, other) } == .malformedKey)
            }
        }
    }

    @Test func `a key with other parameters is refused`() {
        let secret = CBORSample.bytes([UInt8](repeating: 1, count: 32))
        for authenticator in [TestAuthenticator.es256(), .edDSA()] {
            // The private key, an id, operations, an IV, an unknown one.
            for label in [-4, 2, 4, 5, 99] {
                #expect(problem(of: authenticator) { $0.set(label, secret) } == .malformedKey)
            }
            #expect(problem(of: authenticator) { $0.parameters?.append((.text("kty"), .integer(2))) } == .malformedKey)
        }
        #expect(problem(of: .edDSA()) { $0.set(-3, secret) } == .malformedKey)
    }

    @Test func `a point that is none is refused`() {
        let authenticator = TestAuthenticator.es256()
        for count in [0, 1, 31, 33, 64] {
            let bytes = CBORSample.bytes([UInt8](repeating: 1, count: count))
            #expect(problem(of: authenticator) { $0.set(-2, bytes) } == .malformedKey)
            #expect(problem(of: authenticator) { $0.set(-3, bytes) } == .malformedKey)
            #expect(problem(of: .edDSA()) { $0.set(-2, bytes) } == .malformedKey)
        }
        for byte: UInt8 in [0, 1, 0xFF] {
            let bytes = CBORSample.bytes([UInt8](repeating: byte, count: 32))
            #expect(problem(of: authenticator) { $0.set(-2, bytes) } == .malformedKey)
            #expect(problem(of: authenticator) { $0.set(-3, bytes) } == .malformedKey)
            #expect(
                problem(of: authenticator) {
                    $0.set(-2, bytes)
                    $0.set(-3, bytes)
                } == .malformedKey)
        }
    }

    @Test func `a key for which anybody could sign is refused`() {
        // Under the neutral point, a signature of R the same point and S zero verifies for every message.
        let neutral: [UInt8] = [1] + [UInt8](repeating: 0, count: 31)
        for point in [
            neutral, [UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 31) + [0x80],
            Array(neutral.dropLast()) + [0x80], [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
            [0xED] + [UInt8](repeating: 0xFF, count: 31), [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        ] {
            #expect(problem(of: .edDSA()) { $0.set(-2, .bytes(point)) } == .malformedKey)
        }
    }

    @Test func `what is no map, or more than one, is refused`() {
        let bytes = CBORSample.map(TestAuthenticator.es256().parameters).encoded
        for other: [UInt8] in [
            [], [0xA0], [0x80], [0xF6], bytes + [0], bytes.dropLast(), [0x81] + bytes, [0xC0] + bytes,
        ] {
            #expect(problem(other) == .malformedKey)
        }
    }

    @Test func `a signature in any other form is refused`() throws {
        let authenticator = TestAuthenticator.es256()
        let key = try authenticator.stored().publicKey
        let signature = try authenticator.sign([1])
        let parsed = try P256.Signing.ECDSASignature(derRepresentation: signature)
        let raw = Array(parsed.rawRepresentation)
        func number(_ bytes: [UInt8]) -> [UInt8] { [0x02, UInt8(clamping: bytes.count)] + bytes }
        func sequence(_ bytes: [UInt8]) -> [UInt8] { [0x30, UInt8(clamping: bytes.count)] + bytes }
        let long = number([1] + [UInt8](repeating: 0, count: 33))
        for other: [UInt8] in [
            [], [0], raw, signature + [0], [0] + signature, signature.dropLast(), sequence([]), sequence(number([0])),
            sequence(number([0]) + number([0])), sequence(number([1]) + number([1])), sequence(long + long),
            sequence(number([0x80]) + number([0x80])), sequence(number([0, 1]) + number([0, 1])),
            sequence(number([]) + number([])), [0x30, 0x80] + signature.dropFirst(2) + [0, 0],
            [0x30, 0x81] + signature.dropFirst(), [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x31] + signature.dropFirst(),
            [UInt8](repeating: 0x30, count: 72), [UInt8](repeating: 0x30, count: 73),
            [UInt8](repeating: 0, count: 100_000),
        ] {
            #expect(!key.isValidSignature(other, for: [1]), "\(other.prefix(80))")
        }
        for index in signature.indices {
            for bit in 0..<8 {
                var changed = signature
                changed[index] ^= 1 << UInt8(bit)
                #expect(!key.isValidSignature(changed, for: [1]))
            }
        }
    }

    @Test func `an EdDSA signature in any other form is refused`() throws {
        let authenticator = TestAuthenticator.edDSA()
        let key = try authenticator.stored().publicKey
        let signature = try authenticator.sign([1])
        for other: [UInt8] in [[], [0], signature + [0], signature.dropLast(), [UInt8](repeating: 0, count: 64)] {
            #expect(!key.isValidSignature(other, for: [1]))
        }
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!key.isValidSignature(changed, for: [1]))
        }
    }
}
