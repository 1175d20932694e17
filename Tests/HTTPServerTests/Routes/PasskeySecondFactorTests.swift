import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Passkeys beside a second factor, in place of one, and where there can be none.
struct PasskeySecondFactorTests {
    private func verify(_ token: String, passkey: String, in api: TestAPI) async throws -> TestAnswer {
        try await api.post("/auth/mfa/verify", #"{"mfa_token":"\#(token)","passkey":\#(passkey)}"#)
    }

    @Test func `a passkey alone signs in where a second factor is on`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let passkey = try await api.passkey(as: own.access)
            _ = try await api.enrol(as: own.access)
            let answer = try await api.signIn(by: try passkey.used(try await api.passkeyChallenge()))
            #expect(answer.status == 200)
            #expect(answer["status"] as? String == "ok")
            #expect(try await api.me(try TestAPI.tokens(of: answer).access).status == 200)
        }
    }

    @Test func `a passkey is a second factor after the password, once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let passkey = try await api.passkey(as: own.access)
            _ = try await api.enrol(as: own.access)
            let asked = try await api.signIn()
            #expect(asked["factors"] as? [String] == ["totp", "recovery_code", "passkey"])
            let token = try #require(asked["mfa_token"] as? String)
            let credential = try passkey.used(try await api.passkeyChallenge())
            let answer = try await verify(token, passkey: credential, in: api)
            #expect(answer.status == 200)
            #expect(try await api.me(try TestAPI.tokens(of: answer).access).status == 200)
            let again = try await verify(try await api.challenge(), passkey: credential, in: api)
            #expect(again.status == 410)
            #expect(again.code == "challenge_expired")
        }
    }

    @Test func `another's passkey and one used otherwise are no second factor`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let passkey = try await api.passkey(as: own.access)
            _ = try await api.enrol(as: own.access)
            let other = try await api.passkey(as: try await api.registerProven("bob@example.com").access)
            let token = try await api.challenge()
            let challenge = try await api.passkeyChallenge()
            for credential in [
                try other.used(challenge), try TestPasskey(userHandle: passkey.userHandle).used(challenge),
                try passkey.used(challenge) { $0.origin = "https://evil.example" },
                try passkey.used(challenge) { $0.changesSignature = true },
            ] {
                let answer = try await verify(token, passkey: credential, in: api)
                #expect(answer.status == 401)
                #expect(answer.code == "invalid_code")
                #expect(answer.headers[.setCookie] == nil)
            }
            #expect(try await verify(token, passkey: try passkey.used(challenge), in: api).status == 200)
        }
    }

    @Test func `five wrong passkeys end the sign-in, as five wrong codes do`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let passkey = try await api.passkey(as: own.access)
            let (app, _) = try await api.enrol(as: own.access)
            let token = try await api.challenge()
            for _ in 0..<5 {
                let wrong = try passkey.used(try await api.passkeyChallenge()) { $0.changesSignature = true }
                #expect(try await verify(token, passkey: wrong, in: api).status == 401)
            }
            #expect(try await api.verify(token, code: app.code()).code == "challenge_expired")
        }
    }

    @Test func `a passkey opens the window of a session again, the own one, once`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            let passkey = try await api.passkey(as: tokens.access)
            let other = try await api.passkey(as: try await api.registerProven("bob@example.com").access)
            api.pass(seconds: 900)
            let own = try await api.renew(tokens)
            #expect(try await api.createAPIKey(as: own.access).code == "reauthentication_required")
            func reauthenticate(_ credential: String) async throws -> TestAnswer {
                try await api.post("/auth/reauthenticate", #"{"passkey":\#(credential)}"#, as: own.access)
            }
            let foreign = try await reauthenticate(try other.used(try await api.passkeyChallenge()))
            #expect(foreign.status == 401)
            #expect(foreign.code == "invalid_code")
            #expect(try await api.createAPIKey(as: own.access).code == "reauthentication_required")
            let credential = try passkey.used(try await api.passkeyChallenge())
            let answer = try await reauthenticate(credential)
            #expect(answer.status == 200)
            #expect(answer["fresh_until"] as? String == (api.time.now + .minutes(15)).description)
            #expect(try await api.createAPIKey(as: own.access).status == 201)
            let again = try await reauthenticate(credential)
            #expect(again.status == 410)
            #expect(again.code == "challenge_expired")
        }
    }

    @Test(arguments: [
        #"{"mfa_token":"x","code":"123456","passkey":PASSKEY}"#,
        #"{"mfa_token":"x","recovery_code":"k3x9-7pqr-02st-mhw4","passkey":PASSKEY}"#,
    ])
    func `a passkey goes with no other answer`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let used = try TestPasskey(userHandle: "AQ").used(try await api.passkeyChallenge())
            let answer = try await api.post("/auth/mfa/verify", body.replacing("PASSKEY", with: used))
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/passkey"])
            let own = try await api.register()
            let both = try await api.post(
                "/auth/reauthenticate", #"{"password":"\#(TestAPI.password)","passkey":\#(used)}"#, as: own.access)
            #expect(both.status == 422)
            #expect(both.pointers.count == 1)
        }
    }

    @Test(arguments: ["http://127.0.0.1:8080", "http://[::1]:8080", "https://192.0.2.1"])
    func `on an IP address there are none, and nobody is offered any`(base: String) async throws {
        try await TestAPI.run(configure: { $0.baseURL = base }) { api async throws in
            let settings = try await api.send(.get, "/api/v1/auth/settings")
            #expect(settings["methods"] as? [String] == ["password", "magic_link"])
            let own = try await api.register()
            let credential = TestPasskey(userHandle: "AQ")
            for answer in [
                try await api.post("/auth/passkeys/options"),
                try await api.post("/users/me/passkeys/options", as: own.access),
            ] {
                #expect(answer.status == 409)
                #expect(answer.code == "passkeys_unavailable")
            }
            let signIn = try await api.signIn(by: try credential.used("AQIDBAUGBwgJCgsMDQ4PEA"))
            #expect(signIn.status >= 400 && signIn.status < 500)
            #expect(
                try await api.send(.get, "/api/v1/users/me/passkeys", headers: TestAPI.bearer(own.access)).status == 200
            )
        }
    }
}
