import Core
import HTTPTypes
import Testing

@testable import HTTPServer

/// A forgotten password, from the mail to the new one.
struct PasswordResetTests {
    private static let forgot = "/auth/password/forgot"
    private static let reset = "/auth/password/reset"
    private static let ada = #"{"email":"ada@example.com"}"#

    @Test func `the mailed link sets another password once, and opening it uses nothing up`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let asked = try await api.post(Self.forgot, Self.ada)
            #expect(asked.status == 202)
            #expect(asked.text == #"{"status":"link_sent"}"#)
            #expect(asked.headers[.setCookie] == nil)
            let link = try #require((try await api.mails("reset_password").first?["links"] as? [String])?.first)
            #expect(link.hasPrefix("\(TestAPI.origin)/reset-password?token="))
            let token = try await api.token(in: "reset_password")
            #expect(token.utf8.count >= 43)
            #expect(!asked.text.contains(token))
            for method in [HTTPRequest.Method.get, .head] {
                let opened = try await api.send(method, "/api/v1\(Self.reset)?token=\(token)")
                #expect(opened.status == 405)
                #expect(opened.headers[.allow] == "POST")
            }
            let done = try await api.reset(token)
            #expect(done.status == 204)
            #expect(done.body.isEmpty)
            #expect(done.headers[.setCookie] == nil)
            let old = try await api.signIn()
            #expect(old.status == 401)
            #expect(old.code == "invalid_credentials")
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
            #expect(try await api.mails("password_changed", to: "ada@example.com").count == 1)
            let again = try await api.reset(token)
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
            let known = try await api.post(Self.forgot, Self.ada)
            let tooSoon = try await api.post(Self.forgot, Self.ada)
            let unknown = try await api.post(Self.forgot, #"{"email":"nobody@example.com"}"#)
            let suspended = try await api.post(Self.forgot, #"{"email":"carol@example.com"}"#)
            #expect(known.status == 202)
            #expect(tooSoon.comparable == known.comparable)
            #expect(unknown.comparable == known.comparable)
            #expect(suspended.comparable == known.comparable)
            #expect(try await api.mails().map { $0["to"] as? String } == ["ada@example.com"])
        }
    }

    @Test func `one address gets a mail a minute and five an hour, and nobody sees it`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let first = try await api.post(Self.forgot, Self.ada)
            for _ in 0..<7 {
                api.pass(seconds: 61)
                #expect(try await api.post(Self.forgot, Self.ada).comparable == first.comparable)
            }
            #expect(try await api.mails("reset_password").count == 5)
            api.pass(seconds: 3600)
            _ = try await api.post(Self.forgot, Self.ada)
            #expect(try await api.mails("reset_password").count == 6)
        }
    }

    @Test(arguments: [(1799, 204, nil), (1800, 410, "token_expired")] as [(Int, Int, String?)])
    func `a link is good for half an hour`(seconds: Int, status: Int, code: String?) async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.resetToken()
            api.pass(seconds: seconds)
            let answer = try await api.reset(token)
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test(arguments: ["elevenchars", "password1234", "ada@example.com", String(repeating: "xq", count: 128) + "z"])
    func `a password that is refused leaves the link good`(password: String) async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.resetToken()
            let refused = try await api.reset(token, password: password)
            #expect(refused.status == 422)
            #expect(refused.code == "validation_failed")
            #expect(Set(refused.pointers) == ["/password"], "\(refused.text)")
            #expect(!refused.text.contains(password))
            #expect(try await api.reset(token).status == 204)
        }
    }

    @Test func `every session ends, and every other link but the way back to a former address`() async throws {
        try await TestAPI.run { api async throws in
            let first = try await api.registerProven("old@example.com")
            try await api.changeEmail(to: "ada@example.com", as: first.access)
            let second = try await api.login()
            let change = try await api.changeToken(to: "new@example.com", as: second.access)
            let magic = try await api.magicToken()
            let older = try await api.resetToken()
            api.pass(seconds: 61)
            #expect(try await api.reset(try await api.resetToken()).status == 204)
            for tokens in [first, second] {
                let me = try await api.me(tokens.access)
                #expect(me.status == 401)
                #expect(me.code == "session_revoked")
                #expect(try await api.refresh(tokens.refresh).code == "session_revoked")
            }
            #expect(try await api.reset(older).code == "invalid_token")
            #expect(try await api.post("/auth/magic-link/verify", TestAPI.proof(magic)).code == "invalid_token")
            #expect(try await api.post("/auth/email/change/confirm", TestAPI.proof(change)).code == "invalid_token")
            let undo = try await api.token(in: "email_changed", to: "old@example.com")
            #expect(try await api.post("/auth/email/change/undo", TestAPI.proof(undo)).status == 200)
            #expect(try await api.signIn("old@example.com", password: TestAPI.otherPassword).status == 401)
        }
    }

    @Test func `a link dies with the address that it went to`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            let token = try await api.resetToken()
            try await api.changeEmail(to: "new@example.com", as: tokens.access)
            let answer = try await api.reset(token)
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_token")
            #expect(try await api.signIn("new@example.com").status == 200)
        }
    }

    @Test func `a second factor stays on`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            #expect(try await api.reset(try await api.resetToken()).status == 204)
            let token = try await api.challenge(password: TestAPI.otherPassword)
            #expect(try await api.verify(token, code: app.code()).status == 200)
        }
    }

    @Test func `an account closed since gets no other password`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.resetToken()
            try await api.suspend()
            let answer = try await api.reset(token)
            #expect(answer.status == 403)
            #expect(answer.code == "account_suspended")
            try await api.change { $0.suspendedAt = nil }
            #expect(try await api.signIn().status == 200)
        }
    }

    @Test func `a reset proves the address, and opens an account that wrong passwords had closed`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            for _ in 0..<10 { #expect(try await api.signIn(password: "wrong horse battery").status == 401) }
            #expect(try await api.signIn().status == 429)
            #expect(try await api.reset(try await api.resetToken()).status == 204)
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
        }
    }

    @Test(arguments: [
        "/auth/email/verify", "/auth/email/change/confirm", "/auth/email/change/undo", "/auth/magic-link/verify",
    ])
    func `its token is good for nothing else`(path: String) async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.resetToken()
            let answer = try await api.post(path, TestAPI.proof(token))
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_token")
            #expect(try await api.reset(token).status == 204)
        }
    }

    @Test func `of many that bring one token at once, one sets its password`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let token = try await api.resetToken()
            let bodies = (0..<50).map { #"{"token":"\#(token)","password":"brisk otter lantern \#($0)"}"# }
            #expect(try await api.race(Self.reset, bodies) == [204: 1, 400: 49])
        }
    }

    @Test(
        arguments: [
            ("{}", ["/token", "/password"]), (#"{"token":"a b","password":"brisk otter lantern"}"#, ["/token"]),
            (#"{"token":7,"password":7}"#, ["/token", "/password"]), (#"{"token":"x","password":""}"#, ["/password"]),
        ] as [(String, Set<String>)])
    func `what can't be read is told at its place`(body: String, pointers: Set<String>) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.reset, body)
            #expect(answer.status == 422)
            #expect(Set(answer.pointers) == pointers, "\(answer.text)")
            let forgot = try await api.post(Self.forgot, #"{"email":"nonsense"}"#)
            #expect(forgot.status == 422)
            #expect(forgot.pointers == ["/email"])
        }
    }
}
