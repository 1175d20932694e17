import Core
import Fakes
import Testing

@testable import Auth

struct ProofKeyTests {
    @Test func `the challenge is that of the RFC`() throws {
        // RFC 7636, appendix B.
        let key = try #require(ProofKey(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(key.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `256 random bits make each key another`() {
        let randomness = Randomness.seeded(1)
        let keys = (0..<100).map { _ in ProofKey.make(randomness: randomness) }
        #expect(Set(keys.map(\.verifier)).count == 100)
        #expect(keys.allSatisfy { $0.verifier.utf8.count == 43 && ProofKey(verifier: $0.verifier) == $0 })
        #expect(keys[0] != keys[1])
    }

    @Test(arguments: [
        "", String(repeating: "a", count: 42), String(repeating: "a", count: 129),
        String(repeating: "a", count: 42) + "+",
        String(repeating: "a", count: 42) + "é", String(repeating: "a", count: 42) + "\n",
    ])
    func `anything else is no verifier`(text: String) {
        #expect(ProofKey(verifier: text) == nil)
    }

    @Test func `nothing of it is printed`() {
        let key = ProofKey.make(randomness: .seeded(1))
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "ProofKey(redacted)")
        #expect(String(reflecting: key) == "ProofKey(redacted)")
        #expect(!dumped.contains(key.verifier))
    }
}
