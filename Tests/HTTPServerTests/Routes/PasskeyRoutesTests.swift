import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Making, listing and removing passkeys.
struct PasskeyRoutesTests {
    private static let path = "/users/me/passkeys"

    private func list(_ access: String, in api: TestAPI) async throws -> [[String: Any]] {
        let answer = try await api.send(.get, "/api/v1\(Self.path)", headers: TestAPI.bearer(access))
        #expect(answer.status == 200)
        return answer.data
    }

    private func remove(_ id: String, as access: String, in api: TestAPI) async throws -> TestAnswer {
        try await api.send(.delete, "/api/v1\(Self.path)/\(id)", headers: TestAPI.bearer(access))
    }

    /// An account without a password: whoever opened it never proved the address.
    private func withoutPassword(_ api: TestAPI) async throws -> TestAPI.Tokens {
        _ = try await api.register()
        return try TestAPI.tokens(
            of: try await api.post("/auth/magic-link/verify", TestAPI.proof(try await api.magicToken())))
    }

    @Test func `what a browser needs to make one is in the form that it takes`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let answer = try await api.post("\(Self.path)/options", as: own.access)
            #expect(answer.status == 200)
            #expect(answer.headers[.cacheControl] == "no-store")
            let challenge = try #require(answer["challenge"] as? String)
            #expect((Base64URL.decode(challenge)?.count ?? 0) >= 16)
            let id = try #require(try await api.me(own.access)["id"] as? String)
            let handle = try #require(HexDigits.decode(id.replacing("-", with: "")))
            #expect(
                answer.text == #"{"rp":{"id":"localhost","name":"Plinth"},"user":{"id":"\#(Base64URL.encode(handle))","#
                    + #""name":"ada@example.com","displayName":"Ada Lovelace"},"challenge":"\#(challenge)","#
                    + #""pubKeyCredParams":[{"type":"public-key","alg":-7},{"type":"public-key","alg":-8}],"#
                    + #""timeout":300000,"excludeCredentials":[],"authenticatorSelection":{"residentKey":"required","#
                    + #""requireResidentKey":true,"userVerification":"required"},"attestation":"none"}"#)
            let again = try await api.post("\(Self.path)/options", as: own.access)
            #expect(again["challenge"] as? String != challenge)
        }
    }

    @Test func `one that was made is kept, shown and named among those not to make again`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let added = try await api.addPasskey(passkey.created(challenge), name: "Ada's key", as: own.access)
            #expect(added.status == 201)
            #expect(Set(added.json.keys) == ["id", "name", "backed_up", "created_at", "last_used_at"])
            let id = try #require(added["id"] as? String)
            #expect(added.headers[.location] == "/api/v1\(Self.path)/\(id)")
            #expect(added["name"] as? String == "Ada's key")
            #expect(added["backed_up"] as? Bool == false)
            #expect(added["created_at"] as? String == api.time.now.description)
            #expect(added.text.contains(#""last_used_at":null"#))
            #expect(try await list(own.access, in: api).map { $0["id"] as? String } == [id])
            #expect(try await api.mails("passkey_added", to: "ada@example.com").count == 1)
            let options = try await api.post("\(Self.path)/options", as: own.access)
            let excluded = #"[{"type":"public-key","id":"\#(passkey.id)","transports":["hybrid","internal"]}]"#
            #expect(options.text.contains(#""excludeCredentials":\#(excluded)"#), "\(options.text)")
            #expect(try await api.me(own.access)["mfa_enabled"] as? Bool == false)
        }
    }

    @Test func `one without a name is called after the device`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let agent: HTTPFields = [
                .userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0"
            ]
            for (headers, pattern) in [(agent, "Firefox"), ([:], "Passkey")] {
                let (passkey, challenge) = try await api.makePasskey(as: own.access)
                let answer = try await api.post(
                    "\(Self.path)/verify", #"{"credential":\#(passkey.created(challenge))}"#, as: own.access,
                    headers: headers)
                #expect(answer.status == 201)
                #expect((answer["name"] as? String)?.contains(pattern) == true, "\(answer.text)")
            }
        }
    }

    @Test func `the own session lives, all others end`() async throws {
        try await TestAPI.run { api async throws in
            let (other, own) = (try await api.register(), try await api.login())
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let id = try #require(
                try await api.addPasskey(passkey.created(challenge), as: own.access)["id"] as? String)
            #expect(try await api.me(other.access).code == "session_revoked")
            #expect(try await api.refresh(other.refresh).code == "session_revoked")
            let next = try await api.login()
            #expect(try await remove(id, as: own.access, in: api).status == 204)
            #expect(try await api.me(next.access).code == "session_revoked")
            #expect(try await api.me(own.access).status == 200)
        }
    }

    @Test func `one that is removed signs nobody in`() async throws {
        try await TestAPI.run { api async throws in
            let (own, stranger) = (try await api.register(), try await api.register("bob@example.com"))
            let passkey = try await api.passkey(as: own.access)
            let id = try #require(try await list(own.access, in: api).first?["id"] as? String)
            for wrong in ["x", "01a20b1a-905b-7750-ade0-9cb23f43b7f4", id] {
                let answer = try await remove(wrong, as: stranger.access, in: api)
                #expect(answer.status == 404)
                #expect(answer.code == "not_found")
            }
            #expect(try await api.signIn(by: try passkey.used(try await api.passkeyChallenge())).status == 200)
            #expect(try await remove(id, as: own.access, in: api).status == 204)
            #expect(try await list(own.access, in: api).isEmpty)
            #expect(try await api.mails("passkey_removed", to: "ada@example.com").count == 1)
            let answer = try await api.signIn(by: try passkey.used(try await api.passkeyChallenge()))
            #expect(answer.status == 401)
            #expect(answer.code == "invalid_credentials")
            #expect(try await remove(id, as: own.access, in: api).status == 404)
        }
    }

    @Test func `the last way to sign in can't be removed`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await withoutPassword(api)
            let first = try await api.passkey(as: own.access)
            api.pass(seconds: 1)
            let last = try await api.passkey(as: own.access)
            let ids = try await list(own.access, in: api).compactMap { $0["id"] as? String }
            #expect(ids.count == 2)
            #expect(try await remove(ids[1], as: own.access, in: api).status == 204)
            let refused = try await remove(ids[0], as: own.access, in: api)
            #expect(refused.status == 409)
            #expect(refused.code == "last_credential")
            #expect(try await list(own.access, in: api).count == 1)
            #expect(try await api.signIn(by: try first.used(try await api.passkeyChallenge())).status == 401)
            #expect(try await api.signIn(by: try last.used(try await api.passkeyChallenge())).status == 200)
            let password = try await api.send(
                .put, "/api/v1/users/me/password", #"{"new_password":"\#(TestAPI.otherPassword)"}"#,
                headers: TestAPI.bearer(own.access))
            #expect(password.status == 204)
            #expect(try await remove(ids[0], as: own.access, in: api).status == 204)
        }
    }

    @Test func `every change takes a fresh session`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            _ = try await api.passkey(as: tokens.access)
            let id = try #require(try await list(tokens.access, in: api).first?["id"] as? String)
            api.pass(seconds: 840)
            let fresh = try await api.renew(tokens)
            let (passkey, challenge) = try await api.makePasskey(as: fresh.access)
            api.pass(seconds: 60)
            let stale = try await api.renew(fresh)
            for answer in [
                try await api.post("\(Self.path)/options", as: stale.access),
                try await api.addPasskey(passkey.created(challenge), as: stale.access),
                try await remove(id, as: stale.access, in: api),
            ] {
                #expect(answer.status == 403)
                #expect(answer.code == "reauthentication_required")
            }
            #expect(try await list(stale.access, in: api).count == 1)
        }
    }

    @Test func `there are twenty at most`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            for _ in 0..<20 { _ = try await api.passkey(as: own.access) }
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let answer = try await api.addPasskey(passkey.created(challenge), as: own.access)
            #expect(answer.status == 409)
            #expect(answer.code == "limit_reached")
        }
    }

    @Test func `sent again under its key, it is kept once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let body = #"{"credential":\#(passkey.created(challenge))}"#
            let key: HTTPFields = [.idempotencyKey: "once"]
            let first = try await api.post("\(Self.path)/verify", body, as: own.access, headers: key)
            let again = try await api.post("\(Self.path)/verify", body, as: own.access, headers: key)
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.text == first.text)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(try await list(own.access, in: api).count == 1)
        }
    }

    @Test func `strangers and foreign pages get nowhere`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let cookie: HTTPFields = [.cookie: "plinth_access=\(own.access)", .secFetchSite: "cross-site"]
            #expect(try await api.post("\(Self.path)/options").status == 401)
            #expect(try await api.post("\(Self.path)/options", headers: cookie).code == "csrf_failed")
            #expect(try await api.send(.get, "/api/v1\(Self.path)").status == 401)
            try await api.beginDeletion()
            let leaving = try await api.post("\(Self.path)/options", as: own.access)
            #expect(leaving.code == "account_pending_deletion")
        }
    }
}
