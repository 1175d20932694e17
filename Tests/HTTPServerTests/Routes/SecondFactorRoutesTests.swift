import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Switching the second factor on and off.
struct SecondFactorRoutesTests {
    private static let path = "/users/me/mfa/totp"
    private static let confirm = "/users/me/mfa/totp/confirm"
    private static let recoveryCodes = "/users/me/mfa/recovery-codes"

    private static func body(_ code: String) -> String { #"{"code":"\#(code)"}"# }

    private func state(_ access: String, in api: TestAPI) async throws -> TestAnswer {
        try await api.send(.get, "/api/v1\(Self.path)", headers: TestAPI.bearer(access))
    }

    private func remove(_ access: String, in api: TestAPI) async throws -> TestAnswer {
        try await api.send(.delete, "/api/v1\(Self.path)", headers: TestAPI.bearer(access))
    }

    @Test func `what sets an app up is shown, and counts for nothing yet`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let setup = try await api.post(Self.path, as: own.access)
            #expect(setup.status == 200)
            #expect(setup.headers[.cacheControl] == "no-store")
            #expect(Set(setup.json.keys) == ["secret", "otpauth_uri", "qr_svg"])
            let secret = try #require(setup["secret"] as? String)
            #expect(secret.wholeMatch(of: /[A-Z2-7]{32}/) != nil)
            let uri = try #require(setup["otpauth_uri"] as? String)
            #expect(uri.hasPrefix("otpauth://totp/Plinth:ada%40example.com?secret=\(secret)&issuer=Plinth"))
            let picture = try #require(setup["qr_svg"] as? String)
            #expect(picture.contains("<svg") && picture.contains("</svg>"))
            let off = try await state(own.access, in: api)
            #expect(off.status == 200)
            #expect(off.text == #"{"enabled":false,"enabled_at":null,"recovery_codes_left":0}"#)
            #expect(try await api.me(own.access)["mfa_enabled"] as? Bool == false)
            #expect(try await api.signIn()["status"] as? String == "ok")
        }
    }

    @Test func `a first code switches it on, ends the other sessions and shows ten recovery codes`() async throws {
        try await TestAPI.run { api async throws in
            let other = try await api.registerProven()
            let own = try await api.login()
            let app = try await api.startAuthenticator(as: own.access)
            let (code, since) = (app.code(), api.time.now)
            let confirmed = try await api.post(Self.confirm, Self.body(code), as: own.access)
            #expect(confirmed.status == 200)
            #expect(confirmed.headers[.cacheControl] == "no-store")
            let codes = try #require(confirmed["codes"] as? [String])
            #expect(Set(codes).count == 10)
            for code in codes { #expect(code.wholeMatch(of: /[0-9a-z]{4}(-[0-9a-z]{4}){3}/) != nil, "\(code)") }
            let on = try await state(own.access, in: api)
            #expect(on.text == #"{"enabled":true,"enabled_at":"\#(since)","recovery_codes_left":10}"#)
            #expect(on.headers[.cacheControl] == "private, no-cache")
            #expect(try await api.me(own.access)["mfa_enabled"] as? Bool == true)
            _ = try await api.renew(own)
            let ended = try await api.me(other.access)
            #expect(ended.status == 401)
            #expect(ended.code == "session_revoked")
            #expect(try await api.refresh(other.refresh).code == "session_revoked")
            #expect(try await api.mails("second_factor_enabled", to: "ada@example.com").count == 1)
        }
    }

    @Test func `one that is on is neither started nor confirmed again`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, codes) = try await api.enrol(as: own.access)
            let started = try await api.post(Self.path, as: own.access)
            #expect(started.status == 409)
            #expect(started.code == "state_conflict")
            let confirmed = try await api.post(Self.confirm, Self.body(app.code()), as: own.access)
            #expect(confirmed.status == 409)
            #expect(confirmed.code == "state_conflict")
            let token = try await api.challenge()
            #expect(try await api.verify(token, recoveryCode: try #require(codes.first)).status == 200)
        }
    }

    @Test func `one started anew takes the place of one not confirmed`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let first = try await api.startAuthenticator(as: own.access)
            let second = try await api.startAuthenticator(as: own.access)
            let old = try await api.post(Self.confirm, Self.body(first.code()), as: own.access)
            #expect(old.status == 401)
            #expect(old.code == "invalid_code")
            #expect(try await api.post(Self.confirm, Self.body(second.code()), as: own.access).status == 200)
        }
    }

    @Test(arguments: ["wrong", "12345", "1234567", "abcdef", "-12345", "１２３４５６"])
    func `a wrong code switches nothing on`(text: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let app = try await api.startAuthenticator(as: own.access)
            let wrong = text == "wrong" ? app.wrongCode : text
            let answer = try await api.post(Self.confirm, Self.body(wrong), as: own.access)
            #expect(answer.status == 401)
            #expect(answer.code == "invalid_code")
            #expect(try await state(own.access, in: api)["enabled"] as? Bool == false)
            let code = app.code()
            let typed = "\(code.prefix(3)) \(code.suffix(3))"
            #expect(try await api.post(Self.confirm, Self.body(typed), as: own.access).status == 200)
        }
    }

    @Test(arguments: [
        "{}", #"{"code":""}"#, #"{"code":123456}"#, #"{"code":"\u0000"}"#,
        #"{"code":"\#(String(repeating: "1", count: 65))"}"#,
    ])
    func `what can be no code is told as a field error`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            _ = try await api.startAuthenticator(as: own.access)
            let answer = try await api.post(Self.confirm, body, as: own.access)
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/code"], "\(answer.text)")
        }
    }

    @Test func `where there is none, there is nothing to confirm, remove or recover`() async throws {
        try await TestAPI.run { api async throws in
            let other = try await api.registerProven()
            let own = try await api.login()
            for answer in [
                try await api.post(Self.confirm, Self.body("123456"), as: own.access),
                try await remove(own.access, in: api), try await api.post(Self.recoveryCodes, as: own.access),
            ] {
                #expect(answer.status == 404)
                #expect(answer.code == "not_found")
            }
            #expect(try await api.me(other.access).status == 200)
        }
    }

    @Test func `one that was only started is not on, so it is not switched off`() async throws {
        try await TestAPI.run { api async throws in
            let other = try await api.registerProven()
            let own = try await api.login()
            _ = try await api.startAuthenticator(as: own.access)
            let removed = try await remove(own.access, in: api)
            #expect(removed.status == 404)
            #expect(removed.code == "not_found")
            #expect(try await api.me(other.access).status == 200)
            #expect(try await api.mails("second_factor_disabled").isEmpty)
            #expect(try await api.post(Self.recoveryCodes, as: own.access).status == 404)
        }
    }

    @Test func `switched off, sign-ins are plain again`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let challenge = try await api.challenge()
            let other = try TestAPI.tokens(of: try await api.verify(try await api.challenge(), code: app.code()))
            let removed = try await remove(own.access, in: api)
            #expect(removed.status == 204)
            #expect(removed.body.isEmpty)
            #expect(
                try await state(own.access, in: api).text
                    == #"{"enabled":false,"enabled_at":null,"recovery_codes_left":0}"#)
            #expect(try await api.me(own.access)["mfa_enabled"] as? Bool == false)
            #expect(try await api.me(other.access).code == "session_revoked")
            #expect(try await api.mails("second_factor_disabled", to: "ada@example.com").count == 1)
            #expect(try await api.verify(challenge, code: app.code(at: 1)).code == "challenge_expired")
            let plain = try await api.signIn()
            #expect(plain["status"] as? String == "ok")
            #expect(plain.cookies["plinth_access"]?.isEmpty == false)
            #expect(try await remove(own.access, in: api).status == 404)
            _ = try await api.enrol(as: own.access)
            _ = try await api.challenge()
        }
    }

    @Test(arguments: [(840, false), (900, true)])
    func `every change takes a fresh session`(seconds: Int, isRefused: Bool) async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            let (app, _) = try await api.enrol(as: tokens.access)
            api.pass(seconds: seconds - 60)
            let own = try await api.renew(tokens).access
            for (answer, otherwise) in [
                (try await api.post(Self.path, as: own), 409),
                (try await api.post(Self.confirm, Self.body(app.code()), as: own), 409),
                (try await api.post(Self.recoveryCodes, as: own), 200), (try await remove(own, in: api), 204),
            ] {
                #expect(answer.status == (isRefused ? 403 : otherwise))
                if isRefused { #expect(answer.code == "reauthentication_required") }
            }
            #expect(try await state(own, in: api)["enabled"] as? Bool == isRefused)
        }
    }

    @Test func `ten wrong codes make the person wait`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let app = try await api.startAuthenticator(as: own.access)
            for _ in 0..<10 {
                #expect(try await api.post(Self.confirm, Self.body(app.wrongCode), as: own.access).status == 401)
            }
            let refused = try await api.post(Self.confirm, Self.body(app.code()), as: own.access)
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "60")
            api.pass(seconds: 60)
            #expect(try await api.post(Self.confirm, Self.body(app.code()), as: own.access).status == 200)
        }
    }

    @Test func `strangers, foreign pages and accounts about to go get nowhere`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            try await api.beginDeletion()
            for (method, path) in [
                (HTTPRequest.Method.get, Self.path), (.post, Self.path), (.post, Self.confirm), (.delete, Self.path),
                (.post, Self.recoveryCodes),
            ] {
                let body = path == Self.confirm ? Self.body("123456") : nil
                func answer(_ headers: HTTPFields) async throws -> TestAnswer {
                    try await api.send(method, "/api/v1\(path)", body, headers: headers)
                }
                #expect(try await answer([:]).code == "unauthenticated", "\(method) \(path)")
                let foreign = try await answer([.cookie: "plinth_access=\(own.access)"])
                #expect(foreign.status == 403)
                let expected = method == .get ? "account_pending_deletion" : "csrf_failed"
                #expect(foreign.code == expected, "\(method) \(path)")
                let going = try await answer(TestAPI.bearer(own.access))
                #expect(going.status == 403)
                #expect(going.code == "account_pending_deletion", "\(method) \(path)")
            }
            #expect(try await api.send(.get, "/api/v1\(Self.confirm)").headers[.allow] == "POST")
            #expect(try await api.send(.get, "/api/v1\(Self.recoveryCodes)").headers[.allow] == "POST")
        }
    }
}
