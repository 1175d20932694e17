import Core
import Testing

@testable import API

struct ConstrainedTextTests {
    @Test func `secrets never print themselves`() throws {
        let password = try #require(PasswordText("hunter2"))
        let token = try #require(TokenText("abcdef"))
        var dumped = ""
        dump(LoginRequest(email: try EmailAddress(parsing: "a@b.org"), password: password), to: &dumped)
        for text in ["\(password)", String(reflecting: password), "\(token)", String(reflecting: [token]), dumped] {
            #expect(!text.contains("hunter2") && !text.contains("abcdef"))
        }
    }

    @Test func `every scalar takes its own example`() {
        func check<Scalar: ConstrainedText>(_ type: Scalar.Type) {
            #expect(Scalar(Scalar.example)?.text == Scalar.example)
            #expect(Scalar.schema.validate(.string(Scalar.example)) == [])
        }
        check(EmailAddress.self)
        check(PersonName.self)
        check(TimeZoneName.self)
        check(Cursor.self)
        check(PasswordText.self)
        check(TokenText.self)
        check(DeviceNameText.self)
        check(TermsVersionText.self)
    }

    @Test(arguments: ["", " ", "a b", "é", "a\n", String(repeating: "a", count: 513)])
    func `a token is visible ASCII`(text: String) {
        #expect(TokenText(text) == nil)
    }

    @Test func `a password keeps every character`() {
        #expect(PasswordText("  e\u{301} \n")?.text.unicodeScalars.count == 6)
        #expect(PasswordText(String(repeating: "é", count: 256)) != nil)
        #expect(PasswordText(String(repeating: "é", count: 257)) == nil)
    }

    @Test func `decoding a bad scalar throws`() {
        #expect(throws: DecodingError.self) { try JSONTreeDecoder.decode([TokenText].self, from: ["a b"]) }
        #expect(throws: DecodingError.self) { try JSONTreeDecoder.decode(PageLimit.self, from: 0) }
    }
}
