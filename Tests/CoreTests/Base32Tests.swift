import Core
import Fakes
import Testing

struct Base32Tests {
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `the vectors of RFC 4648, section 10, without padding`(plain: String, encoded: String) {
        #expect(Base32.rfc4648.encode(Array(plain.utf8)) == encoded)
        #expect(Base32.rfc4648.decode(encoded) == Array(plain.utf8))
    }

    @Test(arguments: [
        // One, three and six characters end within nothing.
        "A", "AAA", "AAAAAA", "AAAAAAAAA",
        // Stray bits at the end.
        "MZ", "MZXR", "MZXW7", "MZXW6YR",
        "MY======", "my", "M Y", "MY\n", "M1", "M8", "M0", "MZXW6YTBOI=", "ÄÄ", "M\u{0}", "MY\u{301}",
    ])
    func `what encoding would not write is refused`(text: String) {
        #expect(Base32.rfc4648.decode(text) == nil)
    }

    @Test func `any bytes come back in either alphabet`() {
        let randomness = Randomness.seeded(5)
        for count in 0..<100 {
            let bytes = randomness.bytes(count)
            for base in [Base32.rfc4648, .crockford] {
                let text = base.encode(bytes)
                #expect(text.utf8.count == (count * 8 + 4) / 5)
                #expect(base.decode(text) == bytes)
                #expect(base.decode(text[...]) == bytes)
            }
        }
    }

    @Test func `one value has one spelling`() {
        var accepted = 0
        for first in UInt8.min..<128 {
            for second in UInt8.min..<128 {
                let text = String(decoding: [first, second], as: UTF8.self)
                guard let value = Base32.rfc4648.decode(text) else { continue }
                accepted += 1
                if Base32.rfc4648.encode(value) != text { Issue.record("\(text)") }
            }
        }
        #expect(accepted == 256)
    }

    @Test func `the other alphabet has no letter that is taken for a digit`() {
        let all = Base32.crockford.encode((0..<32).flatMap { [UInt8($0 << 3)] })
        #expect(!all.contains { "ilouILOU".contains($0) })
        // 0, 1, 2 … 31 in five bits each.
        let bytes: [UInt8] = [
            0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF, 0x84, 0x65, 0x3A, 0x56, 0xD7, 0xC6, 0x75, 0xBE,
            0x77, 0xDF,
        ]
        #expect(Base32.crockford.encode(bytes) == "0123456789abcdefghjkmnpqrstvwxyz")
        #expect(Base32.rfc4648.encode(bytes) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        #expect(Base32.crockford.decode("0I") == nil)
        #expect(Base32.crockford.decode("0A") == nil)
    }
}
