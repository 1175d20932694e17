import HTTPTypes
import Testing

@testable import HTTPServer

/// Signing in by a mailed link.
struct MagicLinkTests {
    private static let request = "/auth/magic-link"
    private static let verify = "/auth/magic-link/verify"
    private static let ada = #"{"email":"ada@example.com"}"#

    @Test func `the mailed link signs in once, and opening it uses nothing up`() async throws {
        try await TestAPI.run { api async throws in
            let before = try await api.registerProven()
            let asked = try await api.post(Self.request, Self.ada)
            #expect(asked.status == 202)
            #expect(asked.text == #"{"status":"link_sent"}"#)
            let link = try #require((try await api.mails("magic_link").first?["links"] as? [String])?.first)
            #expect(link.hasPrefix("\(TestAPI.origin)/magic-link?token="))
            let token = try await api.token(in: "magic_link")
            #expect(token.utf8.count >= 43)
            for method in [HTTPRequest.Method.get, .head] {
                let opened = try await api.send(method, "/api/v1\(Self.verify)?token=\(token)")
                #expect(opened.status == 405)
                #expect(opened.headers[.allow] == "POST")
                #expect(opened.headers[.setCookie] == nil)
            }
            let answer = try await api.post(Self.verify, #"{"token":"\#(token)","device_name":"Ada's phone"}"#)
            #expect(answer.status == 200)
            #expect(answer["status"] as? String == "ok")
            #expect((answer["user"] as? [String: Any])?["email"] as? String == "ada@example.com")
            #expect(answer["expires_in"] as? Int == 300)
            #expect(answer.headers[.cacheControl] == "no-store")
            let tokens = try TestAPI.tokens(of: answer)
            #expect(answer.cookies["plinth_access"] == tokens.access)
            #expect(answer.cookies["plinth_refresh"] == tokens.refresh)
            #expect(answer.cookies["plinth_device"]?.isEmpty == false)
            let sessions = try await api.send(
                .get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(tokens.access)
            ).data
            #expect(sessions.first { $0["current"] as? Bool == true }?["device_name"] as? String == "Ada's phone")
            #expect(try await api.me(before.access).status == 200)
            #expect(try await api.signIn().status == 200)
            let again = try await api.post(Self.verify, TestAPI.proof(token))
            #expect(again.status == 400)
            #expect(again.code == "invalid_token")
            #expect(!again.text.contains(token))
        }
    }

    @Test func `asking tells nothing of whether there is an account, and mails where there is one`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            _ = try await api.registerProven("carol@example.com")
            try await api.suspend("carol@example.com")
            let known = try await api.post(Self.request, Self.ada)
            let tooSoon = try await api.post(Self.request, Self.ada)
            let unknown = try await api.post(Self.request, #"{"email":"nobody@example.com"}"#)
            let suspended = try await api.post(Self.request, #"{"email":"carol@example.com"}"#)
            #expect(known.status == 202)
            #expect(tooSoon.comparable == known.comparable)
            #expect(unknown.comparable == known.comparable)
            #expect(suspended.comparable == known.comparable)
            #expect(try await api.mails().map { $0["to"] as? String } == ["ada@example.com"])
        }
    }

    @Test(arguments: [(899, 200, nil), (900, 410, "token_expired")] as [(Int, Int, String?)])
    func `a link is good for a quarter of an hour`(seconds: Int, status: Int, code: String?) async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.magicToken()
            api.pass(seconds: seconds)
            let answer = try await api.post(Self.verify, TestAPI.proof(token))
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect((answer.headers[.setCookie] == nil) == (status != 200))
        }
    }

    @Test func `a browser gets its tokens in cookies only`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let answer = try await api.post(
                Self.verify, TestAPI.proof(try await api.magicToken()), headers: [.secFetchSite: "same-origin"])
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""access_token":null,"refresh_token":null,"expires_in":300"#))
            let access = try #require(answer.cookies["plinth_access"])
            let refresh = try #require(answer.cookies["plinth_refresh"])
            #expect(!answer.text.contains(access) && !answer.text.contains(refresh))
            let cookie: HTTPFields = [.cookie: "plinth_access=\(access)"]
            #expect(try await api.send(.get, "/api/v1/users/me", headers: cookie).status == 200)
        }
    }

    @Test func `who opened an account with an address never proven loses it to the mailbox's owner`() async throws {
        try await TestAPI.run { api async throws in
            let stranger = try await api.register()
            let change = try await api.changeToken(to: "stranger@example.com", as: stranger.access)
            let answer = try await api.post(Self.verify, TestAPI.proof(try await api.magicToken()))
            #expect(answer.status == 200)
            let me = try await api.me(try TestAPI.tokens(of: answer).access)
            #expect(me.status == 200)
            #expect(me["email_verified"] as? Bool == true)
            #expect(try await api.me(stranger.access).code == "session_revoked")
            #expect(try await api.refresh(stranger.refresh).code == "session_revoked")
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.post("/auth/email/change/confirm", TestAPI.proof(change)).code == "invalid_token")
        }
    }

    @Test func `an account closed since stays closed`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.magicToken()
            try await api.suspend()
            let answer = try await api.post(Self.verify, TestAPI.proof(token))
            #expect(answer.status == 403)
            #expect(answer.code == "account_suspended")
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test func `who deletes the account signs in, and may do no more for it`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.magicToken()
            try await api.beginDeletion()
            let tokens = try TestAPI.tokens(of: try await api.post(Self.verify, TestAPI.proof(token)))
            #expect(try await api.me(tokens.access).code == "account_pending_deletion")
        }
    }

    @Test func `a link dies with the address that it went to`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let token = try await api.magicToken()
            try await api.changeEmail(to: "new@example.com", as: own.access)
            let answer = try await api.post(Self.verify, TestAPI.proof(token))
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_token")
        }
    }

    @Test func `a second factor is asked for all the same`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.magicToken()
            let asked = try await api.post(Self.verify, #"{"token":"\#(token)","device_name":"Ada's phone"}"#)
            #expect(asked.status == 200)
            #expect(asked["status"] as? String == "mfa_required")
            #expect(asked["factors"] as? [String] == ["totp", "recovery_code"])
            #expect(asked["access_token"] == nil)
            #expect(asked.headers[.setCookie] == nil)
            #expect(asked.headers[.cacheControl] == "no-store")
            let challenge = try #require(asked["mfa_token"] as? String)
            let answer = try await api.verify(challenge, code: app.code())
            #expect(answer.status == 200)
            #expect(try await api.me(try TestAPI.tokens(of: answer).access).status == 200)
        }
    }

    @Test func `sent again under its key it opens one session`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let body = TestAPI.proof(try await api.magicToken())
            let first = try await api.post(Self.verify, body, headers: [.idempotencyKey: "link"])
            let again = try await api.post(Self.verify, body, headers: [.idempotencyKey: "link"])
            #expect(first.status == 200)
            #expect(first.headers[.idempotentReplayed] == nil)
            #expect(again.status == 200)
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(again.text == first.text)
            #expect(again.cookies == first.cookies)
            let access = try TestAPI.tokens(of: again).access
            let sessions = try await api.send(.get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(access)).data
            #expect(sessions.count == 2)
            #expect(try await api.post(Self.verify, body, headers: [.idempotencyKey: "other"]).status == 400)
        }
    }

    @Test func `of many that bring one token at once, one signs in`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let bodies = Array(repeating: TestAPI.proof(try await api.magicToken()), count: 50)
            #expect(try await api.race(Self.verify, bodies) == [200: 1, 400: 49])
        }
    }

    @Test(arguments: ["{}", #"{"token":""}"#, #"{"token":"a b"}"#, #"{"token":null}"#, #"{"token":7}"#])
    func `what can be no token is told as a field error`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.verify, body)
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/token"], "\(answer.text)")
        }
    }
}
