import Core
import Fakes
import Testing

@testable import Auth

struct PasswordHasherTests {
    private let hasher = PasswordHasher(parameters: .least, randomness: .seeded(1))

    @Test func `a hash is an Argon2id 1.3 PHC string with a salt of 16 and a tag of 32 bytes`() throws {
        let phc = try hasher.hash("correct horse")
        #expect(phc.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        let parsed = try #require(PHCString(phc))
        #expect(parsed.salt.count == 16)
        #expect(parsed.tag.count == 32)
        #expect(parsed.text == phc)
    }

    @Test func `what the reference implementation hashed is verified`() throws {
        // From test.c of https://github.com/P-H-C/phc-winner-argon2
        let reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(try hasher.verify("password", against: reference))
        #expect(try !hasher.verify("Password", against: reference))
    }

    @Test func `only the password itself verifies, and a second hash of it differs`() throws {
        let phc = try hasher.hash("correct horse")
        #expect(try hasher.verify("correct horse", against: phc))
        #expect(try !hasher.verify("correct horsf", against: phc))
        #expect(try !hasher.verify("Correct horse", against: phc))
        #expect(try !hasher.verify("", against: phc))
        #expect(try hasher.hash("correct horse") != phc)
    }

    @Test func `both spellings of an accented letter are one password`() throws {
        #expect(try hasher.verify("caf\u{65}\u{301} noir", against: hasher.hash("caf\u{E9} noir")))
    }

    @Test(arguments: ["\u{0}", "\u{0}b", "a\u{0}c"])
    func `nothing after a zero byte is cut off`(other: String) throws {
        #expect(try !hasher.verify(other, against: hasher.hash("a\u{0}b")))
    }

    @Test func `nothing of a long password is cut off`() throws {
        let long = String(repeating: "x", count: 5000)
        #expect(try !hasher.verify(long + "b", against: hasher.hash(long + "a")))
    }

    @Test(arguments: [
        "", "password", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$TAG",
        "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$TAG", "$argon2id$m=19456,t=2,p=1$c29tZXNhbHQ$TAG",
        "$argon2id$v=19$t=2,m=19456,p=1$c29tZXNhbHQ$TAG", "$argon2id$v=19$m=019456,t=2,p=1$c29tZXNhbHQ$TAG",
        "$argon2id$v=19$m=+19456,t=2,p=1$c29tZXNhbHQ$TAG", "$argon2id$v=19$m=19456,t=2,p=1,x=1$c29tZXNhbHQ$TAG",
        "$argon2id$v=19$m=19456,t=2$c29tZXNhbHQ$TAG", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ=$TAG",
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHR$TAG", "$argon2id$v=19$m=19456,t=2,p=1$c29t$TAG",
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$TAG$", " $argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$TAG",
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c2hvcnQ", "$argon2id$v=19$m=19456,t=2,p=1$$TAG",
    ])
    func `any other spelling of a stored hash is refused`(text: String) {
        let phc = text.replacing("TAG", with: "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
        #expect(throws: PasswordHasher.Problem.malformedHash) { try hasher.verify("password", against: phc) }
    }

    @Test(arguments: [
        "m=262145,t=2,p=1", "m=4294967295,t=2,p=1", "m=4294967296,t=2,p=1", "m=19456,t=11,p=1", "m=19456,t=2,p=5",
        "m=0,t=2,p=1", "m=19456,t=0,p=1", "m=19456,t=2,p=0", "m=31,t=2,p=4",
    ])
    func `stored parameters beyond what is borne are refused before any work`(parameters: String) {
        let phc = "$argon2id$v=19$\(parameters)$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(PHCString(phc) == nil)
        #expect(throws: PasswordHasher.Problem.malformedHash) { try hasher.verify("password", against: phc) }
    }

    @Test(arguments: [(86, 22), (8, 43), (22, 87), (87, 43)])
    func `salts and tags of other lengths are refused`(saltDigits: Int, tagDigits: Int) {
        func digits(_ count: Int) -> String { String(repeating: "A", count: count) }
        let stored = PHCString("$argon2id$v=19$m=19456,t=2,p=1$\(digits(saltDigits))$\(digits(tagDigits))")
        #expect((stored != nil) == (saltDigits == 86))
    }

    @Test(arguments: [
        ("m=19456,t=2,p=1", false), ("m=47104,t=3,p=1", false), ("m=19455,t=2,p=1", true), ("m=65536,t=1,p=1", true),
    ])
    func `a hash with less than today's parameters wants replacing`(parameters: String, expected: Bool) {
        let phc = "$argon2id$v=19$\(parameters)$AAAAAAAAAAAAAAAAAAAAAA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(hasher.needsRehash(phc) == expected)
    }

    @Test func `parameters are brought between the floor and the cap`() {
        typealias Parameters = PasswordHasher.Parameters
        #expect(Parameters(memoryKiB: 1, iterations: 0, parallelism: 0) == .least)
        #expect(Parameters(memoryKiB: .max, iterations: .max, parallelism: .max) == .most)
        #expect(Parameters.least.memoryKiB == 19 * 1024)
        #expect(Parameters.standard == Parameters(memoryKiB: 46 * 1024, iterations: 2, parallelism: 1))
        #expect(Parameters.most.areBearable)
    }
}
