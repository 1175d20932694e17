import Core
import Fakes
import Testing

@testable import Auth

struct TOTPTests {
    /// The key of RFC 6238, appendix B, for SHA-1.
    private let secret: TOTPSecret

    init() throws {
        secret = try #require(TOTPSecret(Array("12345678901234567890".utf8)))
    }

    private func code(_ step: Int64, digits: Int = 6) -> String {
        String(decoding: TOTP.code(of: secret, step: step, digits: digits), as: UTF8.self)
    }

    private func verify(_ code: String, at seconds: Int64, lastStep: Int64? = nil) -> Int64? {
        TOTPCode(code).flatMap {
            TOTP.verify($0, secret: secret, at: Timestamp(seconds: seconds), lastStep: lastStep)
        }
    }

    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func `the vectors of RFC 6238, appendix B`(seconds: Int64, expected: String) {
        let step = TOTP.step(at: Timestamp(seconds: seconds))
        #expect(code(step, digits: 8) == expected)
        #expect(code(step) == expected.suffix(6))
        #expect(verify(String(expected.suffix(6)), at: seconds) == step)
    }

    @Test func `the vectors of RFC 4226, appendix D`() {
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { code($0) } == expected)
    }

    @Test(arguments: [
        (0, 0), (29, 0), (30, 1), (59, 1), (60, 2), (-1, -1), (-30, -1), (-31, -2), (-60, -2), (-61, -3),
    ])
    func `a step is 30 s, rounded down before 1970 too`(seconds: Int64, step: Int64) {
        #expect(TOTP.step(at: Timestamp(seconds: seconds)) == step)
        #expect(TOTP.step(at: Timestamp(seconds: seconds) + .microseconds(999_999)) == step)
    }

    // Step 1000 lasts from 30,000 s to 30,029.
    @Test(arguments: [
        (29_969, false), (29_970, true), (29_999, true), (30_000, true), (30_029, true), (30_030, true),
        (30_059, true), (30_060, false),
    ])
    func `a code counts one step before and after its own`(seconds: Int64, counts: Bool) {
        #expect(verify(code(1000), at: seconds) == (counts ? 1000 : nil))
    }

    @Test(arguments: [(998, true), (999, true), (1000, false), (1001, false), (Int64.max, false), (Int64.min, true)])
    func `a code works once, and none of an earlier step after it`(lastStep: Int64, works: Bool) {
        #expect(verify(code(1000), at: 30_000, lastStep: lastStep) == (works ? 1000 : nil))
    }

    @Test func `after the code of the step ahead the present one is spent too`() {
        #expect(verify(code(1001), at: 30_000) == 1001)
        #expect(verify(code(1000), at: 30_000, lastStep: 1001) == nil)
        #expect(verify(code(1002), at: 30_030, lastStep: 1001) == 1002)
    }

    @Test func `when two steps have one code it works once for both`() {
        // The first such pair for this secret: one in a million.
        let step: Int64 = 910_737
        #expect(code(step) == "911617")
        #expect(code(step + 1) == "911617")
        #expect(verify("911617", at: step * 30) == step + 1)
        #expect(verify("911617", at: (step + 1) * 30, lastStep: step + 1) == nil)
    }

    @Test func `another code is refused`() {
        for digit in 0..<6 {
            var other = Array(code(1000))
            other[digit] = other[digit] == "9" ? "0" : "9"
            #expect(verify(String(other), at: 30_000) == nil)
        }
        #expect(verify(code(998), at: 30_000) == nil)
        #expect(verify(code(1002), at: 30_000) == nil)
    }

    @Test func `a code is of one secret`() {
        let other = TOTPSecret.make(randomness: .seeded(1))
        let code = TOTPCode(code(1000))
        #expect(code.flatMap { TOTP.verify($0, secret: other, at: Timestamp(seconds: 30_000), lastStep: nil) } == nil)
    }

    @Test(arguments: [Int64.min, -1_000_000_000_000, -1, 0, 1, Int64.max])
    func `no time does harm`(microseconds: Int64) throws {
        let time = Timestamp(microseconds: microseconds)
        let step = TOTP.step(at: time)
        let present = try #require(TOTPCode(code(step)))
        #expect(TOTP.verify(present, secret: secret, at: time, lastStep: nil) == step)
        #expect(TOTP.verify(present, secret: secret, at: time, lastStep: step) == nil)
    }
}
