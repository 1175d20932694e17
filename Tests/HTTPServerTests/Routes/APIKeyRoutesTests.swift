import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Making, listing and removing API keys.
struct APIKeyRoutesTests {
    private static let path = "/users/me/api-keys"

    @Test func `a key is made, and its secret shown this once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let expiry = api.time.now + .days(30)
            let made = try await api.createAPIKey(
                name: "CI — déploiement", scopes: ["users:write", "users:read", "users:read"],
                expiresAt: expiry.description, as: own.access)
            #expect(made.status == 201)
            #expect(made.headers[.cacheControl] == "no-store")
            #expect(made.headers[.eTag] == nil)
            #expect(
                Set(made.json.keys) == [
                    "id", "name", "prefix", "secret", "scopes", "expires_at", "last_used_at", "created_at",
                ])
            let (id, secret) = (made["id"] as? String ?? "", made["secret"] as? String ?? "")
            #expect(made.headers[.location] == "/api/v1\(Self.path)/\(id)")
            #expect(secret.hasPrefix("plk_"))
            // 256 random bits are 43 characters of base64url.
            #expect(secret.count >= 47)
            let shown = try #require(made["prefix"] as? String)
            #expect(secret.hasPrefix(shown) && shown.count < secret.count - 40)
            #expect(made["name"] as? String == "CI — déploiement")
            #expect(made["scopes"] as? [String] == ["users:read", "users:write"])
            #expect(made["expires_at"] as? String == expiry.description)
            #expect(made["created_at"] as? String == api.time.now.description)
            #expect(made.text.contains(#""last_used_at":null"#))
            #expect(try await api.me(secret).status == 200)
            let list = try await api.apiKeys(as: own.access)
            #expect(list.status == 200)
            #expect(list.data.count == 1)
            #expect(list.data.first?["prefix"] as? String == shown)
            #expect(list.data.first?.keys.contains("secret") == false)
            #expect(!list.text.contains(secret.suffix(20)))
            #expect(list.headers[.cacheControl] == "private, no-cache")
            #expect(try await api.mails("api_key_created", to: "ada@example.com").count == 1)
        }
    }

    @Test func `a key that never ends says so`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let made = try await api.createAPIKey(as: own.access)
            #expect(made.text.contains(#""expires_at":null"#))
            let secret = try #require(made["secret"] as? String)
            api.pass(seconds: 10 * 365 * 86_400)
            #expect(try await api.me(secret).status == 200)
        }
    }

    @Test func `pages follow one another, latest first, and hold the own keys only`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            _ = try await api.apiKey(as: other.access)
            for number in 1...5 {
                api.pass(seconds: 1)
                #expect(try await api.createAPIKey(name: "key \(number)", as: own.access).status == 201)
            }
            var (names, query) = ([String](), "?limit=2")
            for expected in [2, 2, 1] {
                let page = try await api.apiKeys(query, as: own.access)
                #expect(page.data.count == expected)
                names += page.data.compactMap { $0["name"] as? String }
                query = "?limit=2&cursor=\(page["next_cursor"] as? String ?? "none")"
            }
            #expect(names == ["key 5", "key 4", "key 3", "key 2", "key 1"])
            #expect(query == "?limit=2&cursor=none")
            #expect(try await api.apiKeys(as: other.access).data.count == 1)
        }
    }

    @Test(arguments: [
        ("limit=0", 422, "/limit"), ("limit=101", 422, "/limit"), ("limit=x", 422, "/limit"),
        ("cursor=x", 400, "/cursor"), ("cursor=", 400, "/cursor"), ("cursor=%00", 400, "/cursor"),
    ])
    func `a page that there can't be is refused`(query: String, status: Int, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.apiKeys("?\(query)", as: try await api.register().access)
            #expect(answer.status == status)
            #expect(answer.code == (status == 400 ? "invalid_cursor" : "validation_failed"))
            #expect(answer.pointers == [pointer])
        }
    }

    @Test func `one that is removed is dead at once, and the others live`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (first, second) = (try await api.apiKey(as: own.access), try await api.apiKey(as: own.access))
            #expect(try await api.me(first.secret).status == 200)
            let removed = try await api.removeAPIKey(first.id, as: own.access)
            #expect(removed.status == 204)
            #expect(removed.body.isEmpty)
            let after = try await api.me(first.secret)
            #expect(after.status == 401)
            #expect(after.code == "unauthenticated")
            #expect(after.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
            #expect(try await api.me(second.secret).status == 200)
            #expect(try await api.apiKeys(as: own.access).data.count == 1)
            #expect(try await api.removeAPIKey(first.id, as: own.access).status == 404)
        }
    }

    @Test(arguments: ["x", "01a20b1a-905b-7750-ade0-9cb23f43b7f4", "%00", "*"])
    func `what is no key of the person's is not found`(id: String) async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let key = try await api.apiKey(as: own.access)
            for wrong in [id, key.id] {
                let answer = try await api.removeAPIKey(wrong, as: other.access)
                #expect(answer.status == 404)
                #expect(answer.code == "not_found")
            }
            #expect(try await api.me(key.secret).status == 200)
        }
    }

    @Test(arguments: [
        ("{}", ["/name", "/scopes"]),
        (#"{"name":"","scopes":["users:read"]}"#, ["/name"]),
        (#"{"name":"\#(String(repeating: "x", count: 101))","scopes":["users:read"]}"#, ["/name"]),
        (#"{"name":"two\nlines","scopes":["users:read"]}"#, ["/name"]),
        (#"{"name":7,"scopes":["users:read"]}"#, ["/name"]),
        (#"{"name":"CI","scopes":[]}"#, ["/scopes"]),
        (#"{"name":"CI","scopes":null}"#, ["/scopes"]),
        (#"{"name":"CI","scopes":"users:read"}"#, ["/scopes"]),
        (#"{"name":"CI","scopes":["users:read","users:all"]}"#, ["/scopes/1"]),
        (#"{"name":"CI","scopes":["*"]}"#, ["/scopes/0"]),
        (#"{"name":"CI","scopes":["users:read"],"expires_at":"2020-01-01T00:00:00Z"}"#, ["/expires_at"]),
        // The moment at which the clock of the tests stands.
        (#"{"name":"CI","scopes":["users:read"],"expires_at":"2026-01-01T00:00:00Z"}"#, ["/expires_at"]),
        (#"{"name":"CI","scopes":["users:read"],"expires_at":"tomorrow"}"#, ["/expires_at"]),
        (#"{"name":"CI","scopes":["users:read"],"expires_at":1767312000}"#, ["/expires_at"]),
        (#"{"name":"","scopes":["nope"],"expires_at":"soon"}"#, ["/name", "/scopes/0", "/expires_at"]),
        (#"{"name":"","scopes":[]}"#, ["/name", "/scopes"]),
    ])
    func `what can't be is told at its place, all at once`(body: String, pointers: [String]) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let answer = try await api.post(Self.path, body, as: own.access)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(Set(answer.pointers) == Set(pointers), "\(answer.text)")
            #expect(try await api.apiKeys(as: own.access).data.isEmpty)
        }
    }

    @Test(arguments: [(899, 201, nil), (900, 403, "reauthentication_required")] as [(Int, Int, String?)])
    func `making one takes a fresh session, removing one does not`(
        seconds: Int, status: Int, code: String?
    ) async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let key = try await api.apiKey(as: tokens.access)
            api.pass(seconds: seconds)
            let own = try await api.renew(tokens)
            let answer = try await api.createAPIKey(as: own.access)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(try await api.removeAPIKey(key.id, as: own.access).status == 204)
        }
    }

    @Test func `there are fifty at most, also of many made at once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            var last = ""
            for _ in 0..<49 { last = try await api.apiKey(as: own.access).id }
            let body = #"{"name":"CI","scopes":["users:read"]}"#
            let statuses = try await api.race(
                Self.path, Array(repeating: body, count: 8), headers: TestAPI.bearer(own.access))
            #expect(statuses == [201: 1, 409: 7])
            #expect(try await api.createAPIKey(as: own.access).code == "limit_reached")
            #expect(try await api.removeAPIKey(last, as: own.access).status == 204)
            #expect(try await api.createAPIKey(as: own.access).status == 201)
        }
    }

    @Test func `sent again under its key, the same secret is shown and no other made`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let first = try await api.createAPIKey(as: own.access, headers: [.idempotencyKey: "once"])
            let again = try await api.createAPIKey(as: own.access, headers: [.idempotencyKey: "once"])
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.text == first.text)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(again.headers[.cacheControl] == "no-store")
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(try await api.apiKeys(as: own.access).data.count == 1)
            let other = try await api.createAPIKey(name: "CD", as: own.access, headers: [.idempotencyKey: "once"])
            #expect(other.status == 422)
            #expect(other.code == "idempotency_mismatch")
        }
    }

    @Test func `strangers and foreign pages get nowhere`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let body = #"{"name":"CI","scopes":["users:read"]}"#
            #expect(try await api.post(Self.path, body).status == 401)
            #expect(try await api.send(.get, "/api/v1\(Self.path)").status == 401)
            let cookie: HTTPFields = [.cookie: "plinth_access=\(own.access)"]
            for site in ["cross-site", "same-site", "none"] {
                let foreign = try await api.post(Self.path, body, headers: cookie.merging([.secFetchSite: site]))
                #expect(foreign.status == 403)
                #expect(foreign.code == "csrf_failed")
            }
            let page = try await api.post(Self.path, body, headers: cookie.merging([.secFetchSite: "same-origin"]))
            #expect(page.status == 201)
            try await api.beginDeletion()
            #expect(try await api.createAPIKey(as: own.access).code == "account_pending_deletion")
        }
    }
}
