import Core
import Crypto
import Fakes
import Testing

@testable import Auth

struct RecoveryCodeTests {
    private let user = ID<User>(high: 0x019B_76DA_A800_71EE, low: 0x9087_DB78_CFCC_087B)
    private let other = ID<User>(high: 0x019B_76DA_A800_71EE, low: 0x9087_DB78_CFCC_087C)

    @Test func `a set is ten codes, each another`() {
        let randomness = Randomness.seeded(1)
        let codes = (0..<10).flatMap { _ in RecoveryCodes.make(randomness: randomness) }
        #expect(codes.count == 100)
        #expect(Set(codes.map(\.text)).count == 100)
        #expect(Set(codes.map { $0.hash(for: user) }).count == 100)
    }

    @Test func `a code is four groups of four characters that are taken for no others`() throws {
        let allowed = Set("0123456789abcdefghjkmnpqrstvwxyz")
        var seen: Set<Character> = []
        for code in RecoveryCodes.make(randomness: .seeded(2)) + RecoveryCodes.make(randomness: .seeded(3)) {
            let groups = code.text.split(separator: "-", omittingEmptySubsequences: false)
            #expect(groups.map(\.count) == [4, 4, 4, 4])
            seen.formUnion(groups.joined())
            #expect(RecoveryCode(code.text) == code)
        }
        #expect(seen == allowed)
    }

    @Test func `all 80 bits are random ones`() {
        let zeros = RecoveryCodes.make(randomness: Randomness { 0 })
        let ones = RecoveryCodes.make(randomness: Randomness { .max })
        #expect(zeros.first?.text == "0000-0000-0000-0000")
        #expect(ones.first?.text == "zzzz-zzzz-zzzz-zzzz")
    }

    @Test(arguments: [
        "k3x9-7pq0-12st-mhw4", "K3X9-7PQ0-12ST-MHW4", "k3x97pq012stmhw4", "k3x9 7pq0 12st mhw4",
        "  k3x9-7pq0-12st-mhw4\n", "k3x9-7pqo-i2st-mhw4", "K3X9-7PQO-L2ST-MHW4", "k3x9-7pqO-I2st-mhw4",
        "k3x9-7pq0-l2st-mhw4", "k3x9\u{2013}7pq0\u{2011}12st\u{2014}mhw4", "k-3-x-9-7-p-q-0-1-2-s-t-m-h-w-4",
        "k3x9\u{A0}7pq0\t12st mhw4",
    ])
    func `a code is read as people type it`(text: String) throws {
        let code = try #require(RecoveryCode(text))
        #expect(code.text == "k3x9-7pq0-12st-mhw4")
        #expect(code.hash(for: user) == Array(SHA256.hash(data: Array("k3x97pq012stmhw4".utf8) + user.bytes)))
    }

    @Test(arguments: [
        "", "-", "k3x9-7pq0-12st-mhw", "k3x9-7pq0-12st-mhw44", "k3x9-7pq0-12st", "u3x9-7pq0-12st-mhw4",
        "k3x9_7pq0_12st_mhw4", "k3x9-7pq0-12st-mhw!", "k3x9-7pq0-12st-mhẅ4", "ｋ3x9-7pq0-12st-mhw4",
        "\u{212A}3x9-7pq0-12st-mhw4", "k3x9-7pq0-12st-mhw\u{0}", "k3x9-7pq0-12st-mhw4\u{0}", "123456",
        "k3x9-7pq0-12st-mhw4" + String(repeating: " ", count: 110), String(repeating: "0", count: 100_000),
    ])
    func `anything else is no code`(text: String) {
        #expect(RecoveryCode(text) == nil)
    }

    @Test func `equal codes of two people are kept as different hashes`() throws {
        let code = try #require(RecoveryCode("k3x9-7pq0-12st-mhw4"))
        #expect(code.hash(for: user).count == 32)
        #expect(code.hash(for: user) == code.hash(for: user))
        #expect(code.hash(for: user) != code.hash(for: other))
    }

    @Test func `nothing of it is printed`() throws {
        let code = try #require(RecoveryCode("k3x9-7pq0-12st-mhw4"))
        var dumped = ""
        dump([code], to: &dumped)
        #expect("\(code)" == "RecoveryCode(redacted)")
        #expect(String(reflecting: [code]) == "[RecoveryCode(redacted)]")
        #expect(!dumped.contains("k3x9"))
    }
}
