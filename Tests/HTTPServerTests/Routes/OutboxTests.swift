import Core
import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

struct OutboxTests {
    private static let path = "/dev/outbox"

    @Test(arguments: [
        ("localhost", true), ("localhost:8080", true), ("127.0.0.1:8080", true), ("127.8.9.1", true),
        ("[::1]:8080", true),
        ("[::1]", true), ("evil.example", false), ("localhost.evil.example", false), ("127.0.0.1.evil.example", false),
        ("192.168.0.7:8080", false), ("", false), ("[::2]", false), ("0.0.0.0", false),
        ("127.1", false), ("2130706433", false), ("localhost@evil.example", false),
    ])
    func `it answers to a loopback host only, whatever a name was rebound to`(host: String, isServed: Bool) async throws
    {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.get, Self.path, host: host)
            #expect(answer.status == (isServed ? 200 : 404), "\(host)")
        }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("192.0.2.1", false),
        ("::2", false), ("::ffff:192.0.2.1", false), ("10.0.0.1", false),
    ])
    func `it answers loopback peers only`(peer: String, isServed: Bool) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.get, Self.path, peer: peer)
            #expect(answer.status == (isServed ? 200 : 404), "\(peer)")
            if !isServed {
                let nothing = try await api.send(.get, "/dev/nothing", peer: peer)
                #expect(answer.comparable == nothing.comparable)
            }
        }
    }

    @Test func `it answers nobody through a proxy, nor over a socket without an address`() async throws {
        try await TestAPI.run(configure: { $0.trustedProxies = ["127.0.0.1"].compactMap { AddressRange($0) } }) {
            api async throws in
            #expect(try await api.send(.get, Self.path, peer: nil).status == 404)
            for name in [HTTPField.Name.xForwardedFor, .forwarded] {
                #expect(try await api.send(.get, Self.path, headers: [name: "127.0.0.1"]).status == 404)
            }
        }
    }

    @Test func `it shows the mails to one address or to all, newest first, and keeps them out of caches`() async throws
    {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            for email in ["ada@example.com", "bob@example.com"] {
                _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration(email))
                api.pass(seconds: 1)
            }
            let all = try await api.send(.get, Self.path)
            #expect(all.headers[.cacheControl] == "no-store")
            #expect(all.headers[.eTag] == nil)
            #expect(all.data.map { $0["to"] as? String } == ["bob@example.com", "ada@example.com"])
            let ada = try await api.send(.get, "\(Self.path)?to=ada@example.com").data
            #expect(ada.map { $0["to"] as? String } == ["ada@example.com"])
            let mail = try #require(ada.first)
            #expect(mail["kind"] as? String == "verify_email")
            let link = try #require((mail["links"] as? [String])?.first)
            #expect((mail["text"] as? String)?.contains(link) == true)
            #expect((mail["html"] as? String)?.contains("href=\"\(link)\"") == true)
            #expect(try await api.send(.get, "\(Self.path)?to=nobody@example.com").text == #"{"data":[]}"#)
            #expect(try await api.send(.get, "\(Self.path)?to=x").status == 422)
        }
    }

    @Test func `in production it does not exist`() async throws {
        try await TestAPI.run(isProduction: true) { api async throws in
            for method in [HTTPRequest.Method.get, .post, .head] {
                let answer = try await api.send(method, Self.path)
                #expect(answer.comparable == (try await api.send(method, "/dev/nothing")).comparable)
                #expect(answer.status == 404)
            }
            let description = try await api.send(.get, "/openapi.json")
            #expect(!description.text.contains(Self.path))
        }
    }
}
