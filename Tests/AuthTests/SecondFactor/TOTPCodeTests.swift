import Testing

@testable import Auth

struct TOTPCodeTests {
    @Test(arguments: [
        "123456", "123 456", " 123456", "123456\n", "12 34 56", "1 2 3 4 5 6", "123\u{A0}456", "\t123456 ",
        "123\u{202F}456",
    ])
    func `six digits are read with blanks as people type them`(text: String) {
        #expect(TOTPCode(text)?.digits == Array("123456".utf8))
    }

    @Test func `leading zeros stay`() {
        #expect(TOTPCode("000 012")?.digits == Array("000012".utf8))
    }

    @Test(arguments: [
        "", " ", "12345", "1234567", "123-456", "12345a", "+12345", "-12345", "12345.", "１２３４５６", "١٢٣٤٥٦",
        "12345\u{0}", "123456\u{0}", "12345６", "1234 5", "12345\u{301}6", "123456\u{301}", "123456" + "\u{200B}",
        "123456" + String(repeating: " ", count: 27), String(repeating: "1", count: 100_000),
    ])
    func `anything else is no code`(text: String) {
        #expect(TOTPCode(text) == nil)
    }

    @Test func `nothing of it is printed`() throws {
        let code = try #require(TOTPCode("123456"))
        var dumped = ""
        dump(code, to: &dumped)
        #expect("\(code)" == "TOTPCode(redacted)")
        #expect(String(reflecting: code) == "TOTPCode(redacted)")
        #expect(dumped == "- TOTPCode(redacted)\n")
    }
}
