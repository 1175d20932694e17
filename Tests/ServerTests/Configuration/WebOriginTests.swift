import Testing

@testable import Server

struct WebOriginTests {
    @Test(arguments: [
        ("https://example.com", "https://example.com"),
        ("HTTPS://Example.COM:443/", "https://example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ])
    func `an origin is written as browsers do`(_ text: String, _ origin: String) {
        #expect(WebOrigin(text)?.text == origin)
        #expect(WebOrigin(text)?.isSecure == origin.hasPrefix("https:"))
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "https://", "https://example.com/app", "https://example.com?a",
        "https://u@example.com", "https://example.com#a", "https://exa\"mple.com", "https://example.com:0",
        "https://example.com:99999", "https://example.com:", "*", "null", "https://exämple.com",
    ])
    func `anything else is refused`(_ text: String) {
        #expect(WebOrigin(text) == nil)
    }
}
