import API
import Core
import Fakes
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

/// What a program may do by an API key, and what is none.
struct APIKeyAccessTests {
    private static let me = "/api/v1/users/me"
    private static let change = #"{"first_name":"Augusta"}"#

    private func rename(_ secret: String, headers: HTTPFields = [:], in api: TestAPI) async throws -> TestAnswer {
        try await api.send(.patch, Self.me, Self.change, headers: headers.merging(TestAPI.bearer(secret)))
    }

    @Test func `a key may do what its scopes name, and nothing that follows from it`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let reads = try await api.apiKey("users:read", as: own.access).secret
            let writes = try await api.apiKey("users:write", as: own.access).secret
            let both = try await api.apiKey("users:read", "users:write", as: own.access).secret
            let neither = try await api.apiKey("files:read", as: own.access).secret
            let shown = try await api.me(reads)
            #expect(shown.status == 200)
            #expect(shown["email"] as? String == "ada@example.com")
            for (secret, canRead, canWrite) in [
                (reads, true, false), (writes, false, true), (both, true, true), (neither, false, false),
            ] {
                for (answer, may) in [
                    (try await api.me(secret), canRead), (try await rename(secret, in: api), canWrite),
                ] {
                    #expect(answer.status == (may ? 200 : 403))
                    #expect(answer.code == (may ? nil : "forbidden"))
                }
            }
            #expect(try await api.me(own.access)["first_name"] as? String == "Augusta")
        }
    }

    private static let ofSessions: [(HTTPRequest.Method, String, String?)] = [
        (.get, "/users/me/sessions", nil), (.delete, "/users/me/sessions", nil),
        (.delete, "/users/me/sessions/01a20b1a-905b-7750-ade0-9cb23f43b7f4", nil),
        (
            .put, "/users/me/password",
            #"{"current_password":"correct horse battery","new_password":"brisk otter lantern"}"#
        ),
        (.post, "/users/me/email", #"{"new_email":"new@example.com"}"#), (.get, "/users/me/api-keys", nil),
        (.post, "/users/me/api-keys", #"{"name":"CI","scopes":["users:write"]}"#), (.get, "/users/me/mfa/totp", nil),
        (.post, "/users/me/mfa/totp", nil), (.post, "/users/me/mfa/totp/confirm", #"{"code":"123456"}"#),
        (.delete, "/users/me/mfa/totp", nil), (.post, "/users/me/mfa/recovery-codes", nil),
        (.delete, "/users/me/avatar", nil), (.get, "/users/me/identities", nil), (.get, "/users/me/passkeys", nil),
        (.post, "/users/me/passkeys/options", nil), (.get, "/users/me/notifications", nil),
        (.post, "/auth/reauthenticate", #"{"password":"correct horse battery"}"#), (.post, "/auth/logout", nil),
        (.post, "/auth/logout?scope=global", nil), (.get, "/admin/jobs", nil),
    ]

    @Test func `what takes a session is not for a key of all scopes`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            try await api.change { $0.isSuperuser = true }
            let made = try await api.createAPIKey(scopes: Permission.allCases.map(\.rawValue), as: own.access)
            let bearer = TestAPI.bearer(try #require(made["secret"] as? String))
            for (method, path, body) in Self.ofSessions {
                let answer = try await api.send(method, "/api/v1\(path)", body, headers: bearer)
                #expect(answer.status == 403, "\(method) \(path)")
                #expect(answer.code == "forbidden", "\(method) \(path)")
                #expect(answer.headers[.setCookie] == nil)
            }
            #expect(try await api.me(own.access).status == 200)
            #expect(try await api.signIn().status == 200)
            #expect(try await api.apiKeys(as: own.access).data.count == 1)
        }
    }

    @Test func `no endpoint lets a key in that names no scope`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            try await api.change { $0.isSuperuser = true }
            let made = try await api.createAPIKey(scopes: Permission.allCases.map(\.rawValue), as: own.access)
            let bearer = TestAPI.bearer(try #require(made["secret"] as? String))
            for endpoint in APIDescription.endpoints where try endpoint.described().body == nil {
                let traits = endpoint.traits
                switch traits.authentication {
                case .none, .optional, .permitted: continue
                case .session, .superuser: break
                }
                let path = traits.path.filled(with: "01a20b1a-905b-7750-ade0-9cb23f43b7f4")
                let method = try #require(HTTPRequest.Method(rawValue: traits.method.rawValue))
                #expect(try await api.send(method, path, headers: bearer).code == "forbidden", "\(traits.id)")
            }
        }
    }

    @Test func `what is no key of the server's is refused`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (id, secret) = try await api.apiKey(as: own.access)
            let key = try #require(ID<Core.APIKey>(id))
            let foreign = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.seeded(2).bytes(32))])
            let last = try #require(secret.last)
            let wrong: [String] = [
                // Made by others, and made by us but never handed out.
                APIKeySecret.make(key: key, keys: foreign, randomness: .system).text,
                APIKeySecret.make(key: key, keys: api.installation.services.masterKeys, randomness: .system).text,
                String(secret.dropLast()), String(secret.dropLast(22)), secret + "=", secret + "A",
                String(secret.dropLast()) + (last == "A" ? "Q" : "A"), "plk_", "plk_x",
                secret.replacing("plk_", with: ""), secret.replacing("plk_", with: "plt_"),
                secret.replacing("plk_", with: "PLK_"), secret.replacing("plk_", with: "plk_plk_"),
                "plk_" + own.access, String(try #require(secret.split(separator: "_").first)),
            ]
            for text in wrong {
                let answer = try await api.me(text)
                #expect(answer.status == 401, "\(text)")
                #expect(answer.code == "unauthenticated")
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
            }
            let twice = TestAPI.bearer(secret).merging(TestAPI.bearer(secret))
            #expect(try await api.send(.get, Self.me, headers: twice).status == 401)
            for header in ["Basic \(secret)", secret, "Bearer  \(secret)", "Bearer"] {
                #expect(try await api.send(.get, Self.me, headers: [.authorization: header]).status == 401, "\(header)")
            }
            #expect(try await api.send(.get, Self.me, headers: [.authorization: "bearer \(secret)"]).status == 200)
        }
    }

    @Test func `a key is of no use as a cookie, a refresh token or in the address`() async throws {
        try await TestAPI.run { api async throws in
            let secret = try await api.apiKey(as: try await api.register().access).secret
            #expect(try await api.send(.get, Self.me, headers: [.cookie: "plinth_access=\(secret)"]).status == 401)
            #expect(try await api.refresh(secret).status == 401)
            #expect(try await api.send(.get, "\(Self.me)?access_token=\(secret)").status == 401)
        }
    }

    @Test(arguments: [(59, 200), (60, 401)])
    func `a key works until it expires`(seconds: Int, status: Int) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let expiry = (api.time.now + .seconds(60)).description
            let secret = try await api.apiKey("users:read", expiresAt: expiry, as: own.access).secret
            api.pass(seconds: seconds)
            let answer = try await api.me(secret)
            #expect(answer.status == status)
            #expect((answer.headers[.wwwAuthenticate] == nil) == (status == 200))
        }
    }

    @Test func `a key stops with the account`() async throws {
        try await TestAPI.run { api async throws in
            let secret = try await api.apiKey(as: try await api.register().access).secret
            let other = try await api.apiKey(as: try await api.register("bob@example.com").access).secret
            try await api.suspend()
            try await api.beginDeletion("bob@example.com")
            let suspended = try await api.me(secret)
            #expect(suspended.status == 403)
            #expect(suspended.code == "account_suspended")
            let leaving = try await api.me(other)
            #expect(leaving.status == 403)
            #expect(leaving.code == "account_pending_deletion")
        }
    }

    @Test func `a key has nothing to do with the sessions`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let secret = try await api.apiKey(as: own.access).secret
            #expect(try await api.post("/auth/logout?scope=global", as: own.access).status == 204)
            #expect(try await api.me(own.access).status == 401)
            #expect(try await api.me(secret).status == 200)
        }
    }
}
