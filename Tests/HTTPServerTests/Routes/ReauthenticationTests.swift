import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// The window of 15 minutes in which a session may do what takes a fresh one.
struct ReauthenticationTests {
    private static let path = "/auth/reauthenticate"
    private static let right = #"{"password":"\#(TestAPI.password)"}"#
    private static let wrong = #"{"password":"wrong horse battery"}"#

    /// A session whose window has closed.
    private func stale(_ tokens: TestAPI.Tokens, in api: TestAPI) async throws -> TestAPI.Tokens {
        api.pass(seconds: 900)
        return try await api.renew(tokens)
    }

    private func changesEmail(_ access: String, in api: TestAPI) async throws -> String? {
        try await api.post("/users/me/email", #"{"new_email":"new@example.com"}"#, as: access).code
    }

    @Test func `the password opens the window again, for this session and a quarter of an hour`() async throws {
        try await TestAPI.run { api async throws in
            let first = try await api.registerProven()
            let other = try await api.login()
            let own = try await stale(first, in: api)
            #expect(try await changesEmail(own.access, in: api) == "reauthentication_required")
            let answer = try await api.post(Self.path, Self.right, as: own.access)
            #expect(answer.status == 200)
            #expect(answer.text == #"{"fresh_until":"\#(api.time.now + .minutes(15))"}"#)
            #expect(answer.headers[.setCookie] == nil)
            #expect(try await changesEmail(own.access, in: api) == nil)
            let elsewhere = try await api.renew(other)
            #expect(try await changesEmail(elsewhere.access, in: api) == "reauthentication_required")
            let later = try await stale(own, in: api)
            #expect(try await changesEmail(later.access, in: api) == "reauthentication_required")
        }
    }

    @Test func `a wrong password opens nothing`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await stale(try await api.registerProven(), in: api)
            let answer = try await api.post(Self.path, Self.wrong, as: own.access)
            #expect(answer.status == 401)
            #expect(answer.code == "invalid_credentials")
            #expect(try await changesEmail(own.access, in: api) == "reauthentication_required")
            #expect(try await api.me(own.access).status == 200)
        }
    }

    @Test func `ten wrong passwords make the session wait, apart from signing in`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            for number in 0..<10 {
                let answer = try await api.send(
                    .post, "/api/v1/auth/login", TestAPI.credentials(password: "wrong horse battery"),
                    peer: "192.0.2.\(number)")
                #expect(answer.status == 401)
            }
            #expect(try await api.post(Self.path, Self.right, as: own.access).status == 200)
            for _ in 0..<10 { #expect(try await api.post(Self.path, Self.wrong, as: own.access).status == 401) }
            let refused = try await api.post(Self.path, Self.right, as: own.access)
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "60")
            api.pass(seconds: 60)
            #expect(try await api.post(Self.path, Self.right, as: own.access).status == 200)
        }
    }

    @Test func `a code of the app opens it, once`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            let (app, _) = try await api.enrol(as: tokens.access)
            let own = try await stale(tokens, in: api)
            let wrong = try await api.post(Self.path, #"{"code":"\#(app.wrongCode)"}"#, as: own.access)
            #expect(wrong.status == 401)
            #expect(wrong.code == "invalid_code")
            #expect(try await changesEmail(own.access, in: api) == "reauthentication_required")
            let code = app.code()
            let answer = try await api.post(Self.path, #"{"code":"\#(code)"}"#, as: own.access)
            #expect(answer.status == 200)
            #expect(answer["fresh_until"] as? String == (api.time.now + .minutes(15)).description)
            #expect(try await changesEmail(own.access, in: api) == nil)
            let again = try await api.post(Self.path, #"{"code":"\#(code)"}"#, as: own.access)
            #expect(again.status == 401)
            #expect(again.code == "invalid_code")
            #expect(try await api.verify(try await api.challenge(), code: code).code == "invalid_code")
        }
    }

    @Test func `a recovery code opens it, once, and the person is told`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            let (_, codes) = try await api.enrol(as: tokens.access)
            let own = try await stale(tokens, in: api)
            let body = #"{"recovery_code":"\#(try #require(codes.first))"}"#
            #expect(try await api.post(Self.path, body, as: own.access).status == 200)
            #expect(try await changesEmail(own.access, in: api) == nil)
            #expect(try await api.mails("recovery_code_used", to: "ada@example.com").count == 1)
            #expect(try await api.post(Self.path, body, as: own.access).code == "invalid_code")
        }
    }

    @Test func `without a second factor no code opens anything`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await stale(try await api.registerProven(), in: api)
            for body in [#"{"code":"123456"}"#, #"{"recovery_code":"k3x9-7pqr-02st-mhw4"}"#] {
                let answer = try await api.post(Self.path, body, as: own.access)
                #expect(answer.status == 401)
                #expect(answer.code == "invalid_code")
            }
            #expect(try await changesEmail(own.access, in: api) == "reauthentication_required")
        }
    }

    @Test func `an app that was not confirmed opens nothing`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            let app = try await api.startAuthenticator(as: tokens.access)
            let own = try await stale(tokens, in: api)
            let answer = try await api.post(Self.path, #"{"code":"\#(app.code())"}"#, as: own.access)
            #expect(answer.status == 401)
            #expect(answer.code == "invalid_code")
        }
    }

    @Test func `wrong codes are counted over sign-ins and here`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let challenge = try await api.challenge()
            for _ in 0..<5 { #expect(try await api.verify(challenge, code: app.wrongCode).status == 401) }
            let wrong = #"{"code":"\#(app.wrongCode)"}"#
            for _ in 0..<5 { #expect(try await api.post(Self.path, wrong, as: own.access).status == 401) }
            let refused = try await api.post(Self.path, #"{"code":"\#(app.code())"}"#, as: own.access)
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "60")
            #expect(try await api.verify(try await api.challenge(), code: app.code()).status == 429)
        }
    }

    @Test(arguments: [
        "{}", #"{"password":null,"code":null}"#, #"{"password":"correct horse battery","code":"123456"}"#,
        #"{"password":"correct horse battery","recovery_code":"k3x9-7pqr-02st-mhw4"}"#,
        #"{"code":"123456","recovery_code":"k3x9-7pqr-02st-mhw4"}"#, #"{"password":7}"#, #"{"code":123456}"#,
        #"{"code":""}"#,
    ])
    func `it takes exactly one credential`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.path, body, as: try await api.registerProven().access)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(answer.pointers.count == 1, "\(answer.text)")
        }
    }

    @Test func `a code sent again under its key gets the first answer`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let body = #"{"code":"\#(app.code())"}"#
            let first = try await api.post(Self.path, body, as: own.access, headers: [.idempotencyKey: "fresh"])
            let again = try await api.post(Self.path, body, as: own.access, headers: [.idempotencyKey: "fresh"])
            #expect(first.status == 200)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.text == first.text)
            #expect(again.headers[.idempotentReplayed] == "true")
        }
    }

    @Test func `strangers and foreign pages get nowhere`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let nobody = try await api.post(Self.path, Self.right)
            #expect(nobody.status == 401)
            #expect(nobody.code == "unauthenticated")
            let cookie: HTTPFields = [.cookie: "plinth_access=\(own.access)"]
            let foreign = try await api.post(Self.path, Self.right, headers: cookie)
            #expect(foreign.status == 403)
            #expect(foreign.code == "csrf_failed")
            let page = try await api.post(
                Self.path, Self.right, headers: cookie.merging([.secFetchSite: "same-origin"]))
            #expect(page.status == 200)
        }
    }

    @Test func `who deletes the account may only restore it, export and sign out`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            try await api.beginDeletion()
            let answer = try await api.post(Self.path, Self.right, as: own.access)
            #expect(answer.status == 403)
            #expect(answer.code == "account_pending_deletion")
        }
    }
}
