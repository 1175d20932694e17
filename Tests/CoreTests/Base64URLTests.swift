import Core
import Fakes
import Foundation
import Testing

struct Base64URLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of RFC 4648, section 10, without padding`(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test func `Foundation's base64 is the same but for alphabet and padding`() {
        let randomness = Randomness.seeded(5)
        for count in 0..<200 {
            let bytes = randomness.bytes(count)
            let expected = Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
                .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
            #expect(Base64URL.encode(bytes) == expected)
            #expect(Base64URL.decode(expected) == bytes)
            #expect(Base64URL.decode(expected[...]) == bytes)
            #expect(Base64URL.decode(Array(expected.utf8)) == bytes)
        }
    }

    @Test(arguments: [
        "A", "AAAAA", "AA==", "AAA=", "A=AA", "AB", "AAB", "A+AA", "A/AA", " AAA", "AA A", "AAAA\n", "AAA\0", "ÄA",
        "AA\u{301}A",
        "AAA.", "AAAA====",
    ])
    func `what encoding would not write is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `one value has one spelling`() {
        let bytes = Array(UInt8.min...UInt8.max)
        var accepted = 0
        for first in bytes {
            for second in bytes {
                guard let value = Base64URL.decode([first, second]) else { continue }
                accepted += 1
                if Array(Base64URL.encode(value).utf8) != [first, second] { Issue.record("\(first) \(second)") }
            }
        }
        #expect(accepted == 256)
    }
}
