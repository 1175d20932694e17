import Core
import Testing

@testable import Auth

struct RelyingPartyTests {
    @Test(arguments: [
        ("https://app.example.com", "app.example.com", "https://app.example.com"),
        ("https://app.example.com/", "app.example.com", "https://app.example.com"),
        ("HTTPS://App.Example.COM", "app.example.com", "https://app.example.com"),
        ("https://app.example.com:443", "app.example.com", "https://app.example.com"),
        ("https://app.example.com:8443", "app.example.com", "https://app.example.com:8443"),
        ("https://app.example.com:80", "app.example.com", "https://app.example.com:80"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://1.example", "1.example", "https://1.example"),
        ("https://localhost", "localhost", "https://localhost"), ("http://localhost", "localhost", "http://localhost"),
        ("http://localhost:80", "localhost", "http://localhost"),
        ("http://localhost:8080", "localhost", "http://localhost:8080"),
        ("http://app.localhost:8080", "app.localhost", "http://app.localhost:8080"),
    ])
    func `a base address gives id and origin`(address: String, id: String, origin: String) throws {
        let party = try #require(RelyingParty(baseURL: address, name: "Plinth"))
        #expect(party == RelyingParty(id: id, name: "Plinth", origins: [origin]))
    }

    @Test(arguments: [
        "", "app.example.com", "https://", "https:app.example.com", "ftp://app.example.com", "http://app.example.com",
        "http://notlocalhost", "http://localhost.example.com", "https://app.example.com/path",
        "https://app.example.com?a=b", "https://app.example.com#a", "https://user@app.example.com",
        "https://user:password@app.example.com", "https://127.0.0.1", "http://127.0.0.1:8080", "https://[::1]",
        "http://[::1]:8080", "https://1.2.3.4:443", "https://0x7f.1", "https://2130706433", "https://app.example.com.",
        "https://.example.com", "https://app..example.com", "https://app.example.com:", "https://app.example.com:0",
        "https://app.example.com:65536", "https://app.example.com:99999999999999999999", "https://app example.com",
        "https://app.example.com\n", " https://app.example.com", "https://app.example.com//",
        "https://app.example.com:+443",
        "https://app.example.com:443:443", "https://app.example.com: 443", "https://b\u{FC}cher.example",
        "://app.example.com",
        "https://app.example.com\\", "https://app%2Eexample.com", "https://app.example.\u{212A}om", "https://https://a",
    ])
    func `an address on which passkeys do not work gives none`(address: String) {
        #expect(RelyingParty(baseURL: address, name: "Plinth") == nil)
    }

    @Test func `authenticators know it by the hash of its id`() {
        #expect(
            HexDigits.encode(RelyingParty(id: "example.org", name: "", origins: []).idHash)
                == "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5")
    }
}
