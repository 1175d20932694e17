import API
import Auth
import Core
import Fakes
import HTTPTypes
import Hummingbird
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct RateLimitTests {
    private static let settings = "/api/v1/auth/settings"

    private func statuses(_ count: Int, _ send: () async throws -> TestAnswer) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(try await send().status) }
        return statuses
    }

    @Test func `an address without a principal has a fifth, whatever it asks`() async throws {
        try await TestAPI.run(requestsPerMinute: 50) { api async throws in
            func ask(_ path: String, from peer: String?) async throws -> TestAnswer {
                try await api.send(.get, path, peer: peer)
            }
            for path in [Self.settings, "/nothing", "/api/v1/users/me", "/openapi.json", "/.well-known/jwks.json"] {
                #expect(try await statuses(2) { try await ask(path, from: "192.0.2.1") }.allSatisfy { $0 < 429 })
            }
            for path in [Self.settings, "/nothing", "/api/v1/users/me", "/dev/outbox"] {
                let refused = try await ask(path, from: "192.0.2.1")
                #expect(refused.status == 429, "\(path)")
                #expect(refused.code == "rate_limited")
                #expect(refused.headers[.retryAfter] == "60")
                #expect(refused.headers[.rateLimitPolicy] == #""minute";q=10;w=60"#)
                #expect(refused.headers[.rateLimit] == #""minute";r=0;t=60"#)
            }
            #expect(try await ask(Self.settings, from: "192.0.2.2").status == 200)
            api.pass(seconds: 59)
            #expect(try await ask(Self.settings, from: "192.0.2.1").headers[.retryAfter] == "1")
            api.pass(seconds: 1)
            #expect(try await ask(Self.settings, from: "192.0.2.1").status == 200)
        }
    }

    @Test func `all addresses of one IPv6 network share, and those without an address do`() async throws {
        try await TestAPI.run(requestsPerMinute: 5) { api async throws in
            #expect(try await api.send(.get, Self.settings, peer: "2001:db8:1:2::1").status == 200)
            #expect(try await api.send(.get, Self.settings, peer: "2001:db8:1:2:3::9").status == 429)
            #expect(try await api.send(.get, Self.settings, peer: "2001:db8:1:3::1").status == 200)
            #expect(try await api.send(.get, Self.settings, peer: nil).status == 200)
            #expect(try await api.send(.get, Self.settings, peer: nil).status == 429)
        }
    }

    @Test func `behind a trusted proxy the client is counted, and nobody can pass for another`() async throws {
        try await TestAPI.run(
            requestsPerMinute: 5, configure: { $0.trustedProxies = ["10.0.0.0/8"].compactMap { AddressRange($0) } }
        ) { api async throws in
            func ask(_ forwarded: String, peer: String = "10.0.0.1") async throws -> Int {
                try await api.send(.get, Self.settings, headers: [.xForwardedFor: forwarded], peer: peer).status
            }
            #expect(try await ask("203.0.113.1") == 200)
            #expect(try await ask("198.51.100.77, 203.0.113.1") == 429)
            #expect(try await ask("203.0.113.2", peer: "10.9.9.9") == 200)
            #expect(try await ask("203.0.113.3", peer: "192.0.2.1") == 200)
            #expect(try await ask("203.0.113.4", peer: "192.0.2.1") == 429)
        }
    }

    @Test func `a principal is counted over all sessions and addresses, apart from any address`() async throws {
        try await TestAPI.run(requestsPerMinute: 10) { api async throws in
            let tokens = [try await api.register().access, try await api.login().access]
            var statuses: [Int] = []
            for number in 0..<11 {
                let headers = TestAPI.bearer(tokens[number % 2])
                statuses.append(
                    try await api.send(.get, "/api/v1/users/me", headers: headers, peer: "192.0.2.\(number)").status)
            }
            #expect(statuses == Array(repeating: 200, count: 10) + [429])
            let cookie: HTTPFields = [.cookie: "plinth_access=\(tokens[0])"]
            #expect(try await api.send(.get, "/api/v1/users/me", headers: cookie).status == 429)
            let other = try await api.send(
                .post, "/api/v1/auth/register", TestAPI.registration("bob@example.com"), peer: "192.0.2.99")
            #expect(other.status == 201)
            #expect(try await api.me(try #require(other["access_token"] as? String)).status == 200)
        }
    }

    @Test func `what is no valid token counts as the address it comes from`() async throws {
        try await TestAPI.run(requestsPerMinute: 25) { api async throws in
            var statuses: [Int] = []
            for number in 0..<6 {
                statuses.append(
                    try await api.send(.get, "/api/v1/users/me", headers: TestAPI.bearer("guess\(number)")).status)
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429])
        }
    }

    @Test func `health is asked as often as one likes`() async throws {
        try await TestAPI.run(requestsPerMinute: 5) { api async throws in
            for path in ["/health/live", "/health/ready"] {
                #expect(try await statuses(5) { try await api.send(.get, path) } == [200, 200, 200, 200, 200])
            }
            #expect(try await api.send(.get, Self.settings).status == 200)
        }
    }

    @Test func `an endpoint may say less, and then says so`() async throws {
        let endpoint = Endpoint<Nothing, Nothing, Nothing, NoContent>(
            .get, "/costly", id: "costly", tag: "test", summary: "Costs much.", authentication: .none
        ) { $0.rateLimit = RateLimit(perMinute: 2) }
        let installation = try await TestInstallation()
        var binder = installation.binder
        try binder.open(endpoint) { _ in Reply(NoContent()) }
        try binder.open(OperationsEndpoints.openAPI) { _ in Reply(EncodedJSON([])) }
        let responder = installation.pipeline(binder.routes, requestsPerMinute: 1000)
        #expect(try await TestAPI.send(.get, "/costly", to: responder).status == 204)
        #expect(try await TestAPI.send(.head, "/costly", to: responder).status == 204)
        for method in [HTTPRequest.Method.get, .head] {
            let refused = try await TestAPI.send(method, "/costly", to: responder)
            #expect(refused.status == 429)
            #expect(refused.headers[.rateLimitPolicy] == #""minute";q=2;w=60"#)
        }
        #expect(try await TestAPI.send(.get, "/openapi.json", to: responder).status == 200)
    }
}
