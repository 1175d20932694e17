import Core
import HTTPTypes
import Testing

@testable import HTTPServer

/// How a request with an API key is treated beside those of people.
struct APIKeyRequestTests {
    private static let me = "/api/v1/users/me"
    private static let sessions = "/api/v1/users/me/sessions"

    @Test func `what a key has seen it need not be sent again`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let secret = try await api.apiKey(as: own.access).secret
            let shown = try await api.me(secret)
            let tag = try #require(shown.headers[.eTag])
            #expect(shown.headers[.cacheControl] == "private, no-cache")
            let known = try await api.me(secret, headers: [.ifNoneMatch: tag])
            #expect(known.status == 304)
            #expect(known.body.isEmpty)
            #expect(try await api.me(own.access).headers[.eTag] == tag)
            #expect(try await api.me(secret, headers: [.ifNoneMatch: #""other""#]).status == 200)
        }
    }

    @Test func `a key counts by itself, wherever it is used`() async throws {
        try await TestAPI.run(requestsPerMinute: 10) { api async throws in
            let own = try await api.register()
            let (first, second) = (try await api.apiKey(as: own.access), try await api.apiKey(as: own.access))
            func ask(_ secret: String, _ number: Int = 0) async throws -> TestAnswer {
                try await api.send(.get, Self.me, headers: TestAPI.bearer(secret), peer: "192.0.2.\(number)")
            }
            for number in 0..<10 { #expect(try await ask(first.secret, number).status == 200) }
            let refused = try await ask(first.secret)
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "60")
            #expect(refused.headers[.rateLimitPolicy] == #""minute";q=10;w=60"#)
            #expect(refused.headers[.rateLimit] == #""minute";r=0;t=60"#)
            #expect(try await ask(second.secret).status == 200)
            #expect(try await api.me(own.access).status == 200)
            #expect(try await api.send(.get, "/api/v1/auth/settings", peer: "192.0.2.0").status == 200)
            api.pass(seconds: 60)
            #expect(try await ask(first.secret).status == 200)
        }
    }

    @Test func `what is no key counts as the address it comes from`() async throws {
        try await TestAPI.run(requestsPerMinute: 25) { api async throws in
            let secret = try await api.apiKey(as: try await api.register().access).secret
            func ask(_ text: String, from peer: String) async throws -> Int {
                try await api.send(.get, Self.me, headers: TestAPI.bearer(text), peer: peer).status
            }
            var statuses: [Int] = []
            for number in 0..<6 {
                let madeUp = "plk_\(Base64URL.encode([UInt8](repeating: UInt8(number), count: 64)))"
                #expect(madeUp.count == secret.count)
                statuses.append(try await ask(madeUp, from: "192.0.2.1"))
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429])
            #expect(try await ask("plk_garbage", from: "192.0.2.2") == 401)
            #expect(try await ask(secret, from: "192.0.2.1") == 200)
        }
    }

    @Test func `the answers of a key never meet the person's`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let made = try await api.createAPIKey(
                scopes: ["users:read", "users:write"], as: own.access, headers: [.idempotencyKey: "same"])
            let secret = try #require(made["secret"] as? String)
            let other = try await api.apiKey(as: own.access).secret
            let stolen = try await api.createAPIKey(
                scopes: ["users:read", "users:write"], as: secret, headers: [.idempotencyKey: "same"])
            #expect(stolen.status == 403)
            #expect(!stolen.text.contains(secret))
            var seen: Set<String> = []
            for credential in [own.access, secret, other] {
                let answer = try await api.post(
                    "/auth/login", TestAPI.credentials(), as: credential, headers: [.idempotencyKey: "login"])
                #expect(answer.status == 200)
                #expect(answer.headers[.idempotentReplayed] == nil)
                seen.insert(try TestAPI.tokens(of: answer).refresh)
            }
            #expect(seen.count == 3)
            let again = try await api.post(
                "/auth/login", TestAPI.credentials(), as: secret, headers: [.idempotencyKey: "login"])
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(seen.contains(try TestAPI.tokens(of: again).refresh))
        }
    }

    @Test(arguments: [
        [(String, String)](), [("Origin", "https://evil.example")], [("Sec-Fetch-Site", "cross-site")],
        [("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
    ])
    func `a key need not come from a page of ours`(fields: [(String, String)]) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let secret = try await api.apiKey("users:write", as: own.access).secret
            let headers = HTTPFields(named: fields).merging(TestAPI.bearer(secret))
            let answer = try await api.send(.patch, Self.me, #"{"first_name":"Augusta"}"#, headers: headers)
            #expect(answer.status == 200)
            let cookie: HTTPFields = [.cookie: "plinth_access=\(own.access)"]
            let both = try await api.send(
                .patch, Self.me, #"{"first_name":"Ada"}"#, headers: headers.merging(cookie))
            #expect(both.status == 200)
            let alone = HTTPFields(named: fields).merging(cookie)
            let foreign = try await api.send(.patch, Self.me, #"{"first_name":"Eve"}"#, headers: alone)
            #expect(foreign.code == "csrf_failed")
        }
    }

    @Test func `of a key and a cookie the key counts`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let other = try await api.register("bob@example.com")
            let key = try await api.apiKey(as: own.access)
            let cookie: HTTPFields = [.cookie: "plinth_access=\(other.access)", .secFetchSite: "same-origin"]
            func ask(_ secret: String, _ path: String) async throws -> TestAnswer {
                try await api.send(.get, path, headers: cookie.merging(TestAPI.bearer(secret)))
            }
            #expect(try await ask(key.secret, Self.me)["email"] as? String == "ada@example.com")
            #expect(try await ask(key.secret, Self.sessions).code == "forbidden")
            #expect(try await ask("plk_x", Self.me).status == 401)
            #expect(try await api.removeAPIKey(key.id, as: own.access).status == 204)
            #expect(try await ask(key.secret, Self.me).status == 401)
            #expect(try await api.send(.get, Self.me, headers: cookie)["email"] as? String == "bob@example.com")
        }
    }
}
