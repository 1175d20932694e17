import Core
import Testing

struct WebhookURLTests {
    @Test(arguments: [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/", "https://example.com/"),
        ("HTTPS://Example.COM/Path", "https://example.com/Path"),
        ("https://example.com:443/", "https://example.com/"),
        ("https://example.com:8443/a/b?c=d&e", "https://example.com:8443/a/b?c=d&e"),
        ("https://example.com?a=b", "https://example.com/?a=b"),
        ("https://example.com/a//b/../c", "https://example.com/a//b/../c"),
        ("https://example.com/%7Ea%2F", "https://example.com/%7Ea%2F"),
        ("https://example.com/@a:b", "https://example.com/@a:b"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ("https://[2606:4700:4700::1111]:8443/", "https://[2606:4700:4700::1111]:8443/"),
    ])
    func `an address has one reading`(text: String, read: String) throws {
        let url = try WebhookURL(parsing: text, reach: .publicOnly)
        #expect(url.text == read)
        #expect(WebhookURL(stored: url.text) == url)
    }

    @Test(
        arguments: [
            ("http://example.com/", .notHTTPS), ("ftp://example.com/", .notHTTPS), ("file:///etc/passwd", .notHTTPS),
            ("gopher://example.com/", .notHTTPS), ("javascript:alert(1)", .malformed), ("example.com", .malformed),
            ("//example.com", .malformed), ("", .malformed), ("https:/example.com", .malformed),
            ("https://", .malformed), ("https:///path", .malformed), ("https://?a", .malformed),
            ("https://user@example.com/", .credentials), ("https://user:password@example.com/", .credentials),
            ("https://example.com@127.0.0.1/", .credentials), ("https://@example.com/", .credentials),
            ("https://example.com/#fragment", .fragment), ("https://example.com#@127.0.0.1/", .fragment),
            ("https://example.com:0/", .malformed), ("https://example.com:65536/", .malformed),
            ("https://example.com:/", .malformed), ("https://example.com:8a/", .malformed),
            ("https://example.com:+1/", .malformed), ("https://example.com:٤/", .malformed),
            ("https://exa mple.com/", .malformed), ("https://example.com/a b", .malformed),
            (" https://example.com/", .notHTTPS), ("https://example.com/\n", .malformed),
            ("https://example.com\\@127.0.0.1/", .credentials), ("https://example.com\\.evil.com/", .malformed),
            ("https://example.com/\\", .malformed), ("https://example.com/ü", .malformed),
            ("https://example.com/%", .malformed), ("https://example.com/%2", .malformed),
            ("https://example.com/%GG", .malformed), ("https://example.com/{a}", .malformed),
            ("https://example.com./", .malformed), ("https://example..com/", .malformed),
            ("https://-a.example/", .malformed), ("https://exa%6Dple.com/", .malformed),
            ("https://ex\0ample.com/", .malformed),
            ("https://localhost/", .privateHost), ("https://LOCALHOST:8443/", .privateHost),
            ("https://intranet/", .privateHost), ("https://127.0.0.1/", .privateHost),
            ("https://10.1.2.3/", .privateHost), ("https://169.254.169.254/latest/meta-data", .privateHost),
            ("https://[::1]/", .privateHost), ("https://[::ffff:127.0.0.1]/", .privateHost),
            ("https://[fe80::1]/", .privateHost), ("https://[fe80::1%25lo]/", .malformed),
            ("https://[127.0.0.1]/", .malformed), ("https://::1/", .malformed), ("https://[::1/", .malformed),
            ("https://[example.com]/", .malformed), ("https://2130706433/", .malformed), ("https://127.1/", .malformed),
            ("https://0x7f.0.0.1/", .malformed), ("https://0177.0.0.1/", .malformed),
            ("https://1.2.3.4.5/", .malformed),
            ("https://example.com/" + String(repeating: "a", count: 2029), .tooLong),
        ] as [(String, WebhookURL.Problem)])
    func `what has more than one, or leads inside, is none`(text: String, problem: WebhookURL.Problem) {
        #expect(throws: problem) { try WebhookURL(parsing: text, reach: .publicOnly) }
    }

    @Test(arguments: [
        "http://localhost:8080/hook", "http://127.0.0.1:8080/", "https://localhost/", "http://[::1]:8080/",
        "http://example.com/",
    ])
    func `in development this machine can be called too`(text: String) throws {
        #expect(try WebhookURL(parsing: text, reach: .anywhere).text == text)
        #expect(WebhookURL(stored: text)?.text == text)
    }

    @Test(arguments: ["http://a:b@localhost/", "http://localhost/#a", "ftp://localhost/", "http://123/"])
    func `but not by any address`(text: String) {
        #expect(throws: WebhookURL.Problem.self) { try WebhookURL(parsing: text, reach: .anywhere) }
        #expect(WebhookURL(stored: text) == nil)
    }

    @Test func `the longest address is one`() throws {
        let text = "https://example.com/" + String(repeating: "a", count: WebhookURL.longest - 20)
        #expect(try WebhookURL(parsing: text, reach: .publicOnly).text == text)
    }
}
