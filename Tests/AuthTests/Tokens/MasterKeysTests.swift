import Crypto
import Testing

@testable import Auth

struct MasterKeysTests {
    private static let refused: [([String], MasterKeys.Problem)] = [
        ([], .missing),
        ([""], .malformed(position: 1)),
        (["secret"], .malformed(position: 1)),
        ([String(MasterKeys.firstText.dropLast())], .malformed(position: 1)),
        ([String(MasterKeys.firstText.dropLast(2))], .malformed(position: 1)),
        ([MasterKeys.firstText + "00"], .malformed(position: 1)),
        (["g" + MasterKeys.firstText.dropFirst()], .malformed(position: 1)),
        ([MasterKeys.firstText, " " + MasterKeys.secondText], .malformed(position: 2)),
        ([String(repeating: "0", count: 64)], .weak(position: 1)),
        ([String(repeating: "deadbeef", count: 8)], .weak(position: 1)),
        ([String(repeating: "0123456789abcdef", count: 4)], .weak(position: 1)),
        (["000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"], .weak(position: 1)),
        ([MasterKeys.firstText, String(repeating: "ff", count: 32)], .weak(position: 2)),
    ]

    @Test(arguments: refused)
    func `a missing, short or default key is refused`(texts: [String], problem: MasterKeys.Problem) {
        #expect(throws: problem) { try MasterKeys(hexadecimal: texts) }
    }

    @Test(arguments: [0, 1, 32, 5000])
    func `what was sealed opens, and twice sealed looks different`(count: Int) throws {
        let keys = try MasterKeys.test()
        let secret = [UInt8](repeating: 7, count: count)
        let sealed = try keys.seal(secret, context: "totp/1")
        #expect(try keys.open(sealed, context: "totp/1") == secret)
        #expect(try keys.seal(secret, context: "totp/1") != sealed)
        #expect(sealed.count == 1 + 4 + 12 + count + 16)
    }

    @Test func `what was sealed for one context opens for no other`() throws {
        let keys = try MasterKeys.test()
        let sealed = try keys.seal([1, 2, 3], context: "totp/1")
        #expect(throws: MasterKeys.SealProblem.unauthentic) { try keys.open(sealed, context: "totp/2") }
    }

    @Test func `a change of any byte, or a missing end, is noticed`() throws {
        let keys = try MasterKeys.test()
        let sealed = try keys.seal([1, 2, 3], context: "totp/1")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            let expected: MasterKeys.SealProblem = index == 0 ? .malformed : index < 5 ? .unknownKey : .unauthentic
            #expect(throws: expected) { try keys.open(changed, context: "totp/1") }
        }
        for length in 0..<sealed.count {
            #expect(throws: MasterKeys.SealProblem.self) { try keys.open(Array(sealed[..<length]), context: "totp/1") }
        }
    }

    @Test func `the first key seals and all open`() throws {
        let old = try MasterKeys.test(MasterKeys.firstText)
        let rotated = try MasterKeys.test(MasterKeys.secondText, MasterKeys.firstText)
        let new = try MasterKeys.test(MasterKeys.secondText)
        let before = try old.seal([1], context: "c")
        let after = try rotated.seal([2], context: "c")
        #expect(try rotated.open(before, context: "c") == [1])
        #expect(try new.open(after, context: "c") == [2])
        #expect(throws: MasterKeys.SealProblem.unknownKey) { try new.open(before, context: "c") }
        #expect(throws: MasterKeys.SealProblem.unknownKey) { try old.open(after, context: "c") }
    }

    @Test func `derived keys differ by purpose and by master key`() throws {
        let keys = try MasterKeys.test(MasterKeys.firstText, MasterKeys.secondText)
        #expect(keys.derive("a") == keys.derive("a"))
        #expect(keys.derive("a") != keys.derive("b"))
        #expect(keys.deriveAll("a").count == 2)
        #expect(keys.deriveAll("a")[0] == keys.derive("a"))
        #expect(keys.deriveAll("a")[1] != keys.derive("a"))
    }

    @Test func `a fingerprint of 8 bytes tells keys apart`() throws {
        let keys = try MasterKeys.test(MasterKeys.firstText, MasterKeys.secondText)
        #expect(keys.fingerprint.count == 8)
        #expect(keys.fingerprints == [keys.fingerprint, try MasterKeys.test(MasterKeys.secondText).fingerprint])
        #expect(Set(keys.fingerprints).count == 2)
    }

    @Test func `nothing of a key is printed`() throws {
        let keys = try MasterKeys.test()
        for text in ["\(keys)", String(reflecting: keys), "\(MasterKeys.Problem.malformed(position: 1))"] {
            #expect(!text.contains(MasterKeys.firstText.prefix(4)))
        }
        var dumped = ""
        dump(keys, to: &dumped)
        #expect(dumped.contains("redacted"))
        #expect(!dumped.contains("143"))
    }
}
