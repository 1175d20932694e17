import Core
import HTTPTypes
import Testing

@testable import HTTPServer

struct AddressTests {
    private static let proxies = ["10.0.0.0/8", "::1"].compactMap { AddressRange($0) }

    @Test(
        arguments: [
            // Who is not trusted says nothing about others.
            ("192.0.2.1", [("X-Forwarded-For", "203.0.113.9")], "192.0.2.1"),
            ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9")], "203.0.113.9"),
            ("::1", [("X-Forwarded-For", "203.0.113.9")], "203.0.113.9"),
            // From right to left, as far as those who wrote it are trusted.
            ("10.0.0.1", [("X-Forwarded-For", "198.51.100.1, 203.0.113.9, 10.0.0.2")], "203.0.113.9"),
            ("10.0.0.1", [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", "203.0.113.9")], "203.0.113.9"),
            ("10.0.0.1", [("X-Forwarded-For", "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9, nonsense, 10.0.0.2")], "10.0.0.2"),
            ("10.0.0.1", [("X-Forwarded-For", "nonsense")], "10.0.0.1"),
            ("10.0.0.1", [("X-Forwarded-For", "")], "10.0.0.1"),
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9:4711")], "203.0.113.9"),
            ("10.0.0.1", [("X-Forwarded-For", "[2001:db8::7]:4711")], "2001:db8::7"),
            ("10.0.0.1", [("X-Forwarded-For", "2001:db8::7")], "2001:db8::7"),
            ("10.0.0.1", [("Forwarded", "for=203.0.113.9;proto=https;by=10.0.0.1")], "203.0.113.9"),
            ("10.0.0.1", [("Forwarded", #"for=198.51.100.1, For="[2001:db8::7]:4711""#)], "2001:db8::7"),
            ("10.0.0.1", [("Forwarded", "for=_hidden")], "10.0.0.1"),
            ("10.0.0.1", [("Forwarded", "for=unknown, for=10.0.0.2")], "10.0.0.2"),
            // One of the two only: a proxy that writes one passes the other on unread.
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=198.51.100.1")], "203.0.113.9"),
        ] as [(String, [(String, String)], String)])
    func `the client is the nearest hop that is no trusted proxy`(
        peer: String, headers: [(String, String)], client: String
    ) {
        let found = ClientAddress(trusted: Self.proxies).client(peer: peer, headers: HTTPFields(named: headers))
        #expect(found == client)
    }

    @Test func `without trusted proxies, or a peer's address, nothing is believed`() {
        let forwarded = HTTPFields(named: [("X-Forwarded-For", "203.0.113.9")])
        #expect(ClientAddress(trusted: []).client(peer: "10.0.0.1", headers: forwarded) == "10.0.0.1")
        #expect(ClientAddress(trusted: Self.proxies).client(peer: nil, headers: forwarded) == nil)
    }

    @Test func `every name of a field is a name`() {
        let names = [
            HTTPField.Name.clearSiteData, .forwarded, .idempotencyKey, .rateLimit, .rateLimitPolicy, .requestID,
            .secFetchSite, .xForwardedFor,
        ]
        #expect(
            names.map(\.canonicalName) == [
                "clear-site-data", "forwarded", "idempotency-key", "ratelimit", "ratelimit-policy", "x-request-id",
                "sec-fetch-site", "x-forwarded-for",
            ])
    }
}
