import HTTPTypes
import Testing

@testable import HTTPServer

/// Sign-ins that ask for a second factor.
struct MFASignInTests {
    private static let path = "/auth/mfa/verify"

    @Test func `after the password comes the code, and with it what a sign-in brings`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let asked = try await api.post(
                "/auth/login",
                #"{"email":"ada@example.com","password":"\#(TestAPI.password)","device_name":"Ada's laptop"}"#)
            #expect(asked.status == 200)
            #expect(Set(asked.json.keys) == ["status", "mfa_token", "factors", "expires_in"])
            #expect(asked["status"] as? String == "mfa_required")
            #expect(asked["factors"] as? [String] == ["totp", "recovery_code"])
            #expect(asked["expires_in"] as? Int == 300)
            #expect(asked.headers[.setCookie] == nil)
            #expect(asked.headers[.cacheControl] == "no-store")
            let token = try #require(asked["mfa_token"] as? String)
            #expect(try await api.me(token).status == 401)
            func sessions() async throws -> [[String: Any]] {
                try await api.send(.get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(own.access)).data
            }
            #expect(try await sessions().count == 1)

            let answer = try await api.verify(token, code: app.code())
            #expect(answer.status == 200)
            #expect(answer["status"] as? String == "ok")
            #expect((answer["user"] as? [String: Any])?["email"] as? String == "ada@example.com")
            #expect(answer["expires_in"] as? Int == 300)
            #expect(answer.headers[.cacheControl] == "no-store")
            let tokens = try TestAPI.tokens(of: answer)
            #expect(answer.cookies["plinth_access"] == tokens.access)
            #expect(answer.cookies["plinth_refresh"] == tokens.refresh)
            #expect(answer.cookies["plinth_device"]?.isEmpty == false)
            #expect(try await api.me(tokens.access).status == 200)
            #expect(try await sessions().contains { $0["device_name"] as? String == "Ada's laptop" })
            #expect(try await sessions().count == 2)
        }
    }

    @Test func `a browser gets its tokens in cookies only`() async throws {
        try await TestAPI.run { api async throws in
            let page: HTTPFields = [.secFetchSite: "same-origin"]
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let answer = try await api.verify(
                try await api.challenge(headers: page), code: app.code(), headers: page)
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""access_token":null,"refresh_token":null,"expires_in":300"#))
            let access = try #require(answer.cookies["plinth_access"])
            let refresh = try #require(answer.cookies["plinth_refresh"])
            #expect(!answer.text.contains(access) && !answer.text.contains(refresh))
        }
    }

    @Test func `a wrong password asks for no code`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.enrol(as: try await api.registerProven().access)
            let wrong = try await api.signIn(password: "wrong horse battery")
            let unknown = try await api.signIn("nobody@example.com")
            #expect(wrong.status == 401)
            #expect(wrong.comparable == unknown.comparable)
        }
    }

    @Test func `a code works for one sign-in, and none before it works after`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let code = app.code()
            #expect(try await api.verify(try await api.challenge(), code: code).status == 200)
            let token = try await api.challenge()
            for used in [code, app.code(at: -1)] {
                let answer = try await api.verify(token, code: used)
                #expect(answer.status == 401)
                #expect(answer.code == "invalid_code")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
                #expect(answer.headers[.setCookie] == nil)
            }
            api.pass(seconds: 30)
            #expect(try await api.verify(token, code: app.code()).status == 200)
        }
    }

    @Test func `the code that switched it on signs nobody in`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let app = try await api.startAuthenticator(as: own.access)
            let code = app.code()
            _ = try await api.post("/users/me/mfa/totp/confirm", #"{"code":"\#(code)"}"#, as: own.access)
            #expect(try await api.verify(try await api.challenge(), code: code).code == "invalid_code")
        }
    }

    @Test(arguments: [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)] as [(Int64, Int)])
    func `clocks may be one step apart`(step: Int64, status: Int) async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            api.pass(seconds: 60)
            #expect(try await api.verify(try await api.challenge(), code: app.code(at: step)).status == status)
        }
    }

    @Test func `a recovery code works once, however it is typed, and the person is told`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (_, codes) = try await api.enrol(as: own.access)
            let code = try #require(codes.first)
            let typed = code.uppercased().replacing("-", with: " ")
            #expect(try await api.verify(try await api.challenge(), recoveryCode: typed).status == 200)
            #expect(try await api.mails("recovery_code_used", to: "ada@example.com").count == 1)
            let state = try await api.send(.get, "/api/v1/users/me/mfa/totp", headers: TestAPI.bearer(own.access))
            #expect(state["recovery_codes_left"] as? Int == 9)
            let again = try await api.verify(try await api.challenge(), recoveryCode: code)
            #expect(again.status == 401)
            #expect(again.code == "invalid_code")
            #expect(try await api.mails("recovery_code_used").count == 1)
        }
    }

    @Test func `with the last recovery code the way by them is closed`() async throws {
        try await TestAPI.run { api async throws in
            let (_, codes) = try await api.enrol(as: try await api.registerProven().access)
            for code in codes {
                #expect(try await api.verify(try await api.challenge(), recoveryCode: code).status == 200)
            }
            #expect(try await api.signIn()["factors"] as? [String] == ["totp"])
        }
    }

    @Test func `nobody gets in by another's code`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.enrol(as: try await api.registerProven().access)
            let (app, codes) = try await api.enrol(as: try await api.registerProven("bob@example.com").access)
            let token = try await api.challenge()
            #expect(try await api.verify(token, code: app.code()).code == "invalid_code")
            #expect(
                try await api.verify(token, recoveryCode: try #require(codes.first)).code == "invalid_code")
            let own = try await api.challenge("bob@example.com")
            #expect(try await api.verify(own, recoveryCode: try #require(codes.first)).status == 200)
        }
    }

    @Test func `sent again under its key it opens one session`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let (token, code) = (try await api.challenge(), app.code())
            let first = try await api.verify(token, code: code, headers: [.idempotencyKey: "second"])
            let again = try await api.verify(token, code: code, headers: [.idempotencyKey: "second"])
            #expect(first.status == 200)
            #expect(first.headers[.idempotentReplayed] == nil)
            #expect(again.status == 200)
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(again.text == first.text)
            #expect(again.cookies == first.cookies)
            let sessions = try await api.send(
                .get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(own.access)
            ).data
            #expect(sessions.count == 2)
            let other = try await api.verify(token, code: code, headers: [.idempotencyKey: "third"])
            #expect(other.status == 410)
        }
    }

    @Test func `of many sign-ins that bring one code at once, one succeeds`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            var bodies: [String] = []
            for _ in 0..<8 {
                bodies.append(#"{"mfa_token":"\#(try await api.challenge())","code":"\#(app.code())"}"#)
            }
            #expect(try await api.race(Self.path, bodies) == [200: 1, 401: 7])
        }
    }

    @Test func `a mistyped code does not spare the mail about a new device`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.challenge()
            #expect(try await api.verify(token, code: app.wrongCode).status == 401)
            #expect(try await api.mails("new_sign_in").isEmpty)
            #expect(try await api.verify(token, code: app.code()).status == 200)
            #expect(try await api.mails("new_sign_in", to: "ada@example.com").count == 1)
        }
    }
}
