import Core
import Testing

@testable import Auth

struct PercentEncodingTests {
    @Test(arguments: [
        ("", ""), ("azAZ09-._~", "azAZ09-._~"), (" ", "%20"), ("+", "%2B"), ("a&b=c", "a%26b%3Dc"), ("é", "%C3%A9"),
        ("/?#[]@!$'()*,;:%\"", "%2F%3F%23%5B%5D%40%21%24%27%28%29%2A%2C%3B%3A%25%22"), ("\r\n\u{0}", "%0D%0A%00"),
    ])
    func `only unreserved characters stay`(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
    }

    @Test func `fields are joined`() {
        #expect(PercentEncoding.encode([("a b", "c&d"), ("e", "")]) == "a%20b=c%26d&e=")
        #expect(PercentEncoding.encode([]).isEmpty)
    }

    @Test func `the name and secret of a client are encoded before they are joined`() {
        // RFC 6749 section 2.3.1.
        let credentials = BasicCredentials(user: "s6BhdRkqt3", password: Secret("7Fjfp0ZBr1KtDRbnfVdmIw"))
        #expect(credentials.authorization == "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3")
        #expect(!"\(credentials)".contains("7Fjfp0ZBr1KtDRbnfVdmIw"))
    }
}
