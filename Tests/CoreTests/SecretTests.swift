import Core
import Testing

struct SecretTests {
    private struct Holder {
        let secret = Secret("hunter2")
    }

    @Test func `a secret is not printed by any means`() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(Holder(), to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])",
            "\(Optional(secret) as Any)",
            "\(["key": secret])", "\(Holder())", String(reflecting: Holder()), dumped,
        ]
        for text in texts {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104"))
            #expect(text.contains("redacted"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func `secrets are equal when their bytes are`() {
        #expect(Secret("a") == Secret([97]))
        #expect(Secret("ab") != Secret("ac"))
        #expect(Secret("ab") != Secret("a"))
        #expect(Secret("") == Secret([UInt8]()))
        #expect(Secret("e\u{301}") != Secret("\u{E9}"))
    }

    @Test func `it gives its bytes to who asks`() {
        #expect(Secret([1, 2]).revealed() == [1, 2])
        #expect(Secret("é").count == 2)
    }

    @Test func `comparison looks at every byte`() {
        let bytes = [UInt8](repeating: 7, count: 40)
        #expect(ConstantTime.equal(bytes, bytes[...]))
        #expect(ConstantTime.equal([UInt8](), [UInt8]()))
        #expect(!ConstantTime.equal(bytes, bytes.dropLast()))
        for index in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[index] ^= 1 << bit
                #expect(!ConstantTime.equal(bytes, other))
            }
        }
    }
}
