import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Signing in by a passkey.
struct PasskeySignInTests {
    private static let path = "/auth/passkeys/verify"

    @Test func `what a browser needs to use one names nobody and is alike for everybody`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            var lengths: Set<Int> = []
            func shape(_ headers: HTTPFields) async throws -> String {
                let answer = try await api.post("/auth/passkeys/options", headers: headers)
                #expect(answer.status == 200)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.setCookie] == nil)
                let challenge = try #require(answer["challenge"] as? String)
                #expect(Base64URL.decode(challenge) != nil)
                lengths.insert(challenge.count)
                return answer.text.replacing(challenge, with: "sealed")
            }
            let stranger = try await shape([:])
            let before = try await shape([.cookie: "plinth_access=\(own.access)", .secFetchSite: "same-origin"])
            _ = try await api.passkey(as: own.access)
            let after = try await shape(TestAPI.bearer(own.access))
            #expect(stranger == before && before == after)
            #expect(lengths.count == 1)
            #expect(
                stranger == #"{"challenge":"sealed","timeout":300000,"rpId":"localhost","allowCredentials":[],"#
                    + #""userVerification":"required"}"#)
        }
    }

    @Test func `a passkey signs in, once for a challenge, and with it what a sign-in brings`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let passkey = try await api.passkey(as: own.access)
            let credential = try passkey.used(try await api.passkeyChallenge())
            let answer = try await api.post(
                Self.path, #"{"credential":\#(credential),"device_name":"Ada's laptop"}"#)
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
            let current = sessions.first { $0["current"] as? Bool == true }
            #expect(current?["device_name"] as? String == "Ada's laptop")
            let passkeys = try await api.send(
                .get, "/api/v1/users/me/passkeys", headers: TestAPI.bearer(tokens.access)
            ).data
            #expect(passkeys.first?["last_used_at"] as? String == api.time.now.description)
            let again = try await api.signIn(by: credential)
            #expect(again.status == 410)
            #expect(again.code == "challenge_expired")
            #expect(again.headers[.setCookie] == nil)
        }
    }

    @Test func `a browser gets its tokens in cookies only`() async throws {
        try await TestAPI.run { api async throws in
            let passkey = try await api.passkey(as: try await api.register().access)
            let answer = try await api.signIn(
                by: try passkey.used(try await api.passkeyChallenge()), headers: [.secFetchSite: "same-origin"])
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""access_token":null,"refresh_token":null,"expires_in":300"#))
            let (access, refresh) = (answer.cookies["plinth_access"] ?? "", answer.cookies["plinth_refresh"] ?? "")
            #expect(!access.isEmpty && !answer.text.contains(access))
            #expect(!refresh.isEmpty && !answer.text.contains(refresh))
        }
    }

    @Test(arguments: [
        PasskeyCreationTests.Cheat(testDescription: "another signature") { $0.changesSignature = true },
        .init(testDescription: "another site's page") { $0.origin = "https://evil.example" },
        .init(testDescription: "another port") { $0.origin = "http://localhost:8081" },
        .init(testDescription: "another site's passkey") { $0.site = "evil.example" },
        .init(testDescription: "a new one instead of a use") { $0.type = "webauthn.create" },
        .init(testDescription: "nobody present") { $0.flags = 0x04 },
        .init(testDescription: "nobody verified") { $0.flags = 0x01 },
        .init(testDescription: "another person") { $0.userHandle = "AQIDBAUGBwgJCgsMDQ4PEA" },
        .init(testDescription: "no person") { $0.userHandle = nil },
        .init(testDescription: "copied to other devices, though it can't be") { $0.flags = 0x1D },
    ])
    func `one used otherwise is refused like an unknown one`(cheat: PasskeyCreationTests.Cheat) async throws {
        try await TestAPI.run { api async throws in
            let passkey = try await api.passkey(as: try await api.register().access)
            let challenge = try await api.passkeyChallenge()
            let answer = try await api.signIn(by: try passkey.used(challenge, cheat.change))
            #expect(answer.status == 401)
            #expect(answer.code == "invalid_credentials")
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(answer.headers[.setCookie] == nil)
            let unknown = TestPasskey(userHandle: passkey.userHandle)
            #expect(try await api.signIn(by: try unknown.used(challenge)).comparable == answer.comparable)
            #expect(try await api.signIn(by: try passkey.used(challenge)).status == 200)
        }
    }

    @Test func `a challenge is good for five minutes, and for this alone`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let passkey = try await api.passkey(as: own.access)
            let old = try await api.passkeyChallenge()
            api.pass(seconds: 1)
            let last = try await api.passkeyChallenge()
            api.pass(seconds: 299)
            let next = try await api.renew(own)
            let (_, creation) = try await api.makePasskey(as: next.access)
            for wrong in [old, creation, "AQIDBAUGBwgJCgsMDQ4PEA"] {
                let answer = try await api.signIn(by: try passkey.used(wrong))
                #expect(answer.status == 410)
                #expect(answer.code == "challenge_expired")
            }
            #expect(try await api.signIn(by: try passkey.used(last)).status == 200)
        }
    }

    @Test func `a copy that counts behind is refused`() async throws {
        try await TestAPI.run { api async throws in
            let passkey = try await api.passkey(as: try await api.register().access)
            for (count, status) in [(5, 200), (5, 401), (4, 401), (0, 401), (6, 200)] as [(UInt32, Int)] {
                let credential = try passkey.used(try await api.passkeyChallenge()) { $0.signCount = count }
                #expect(try await api.signIn(by: credential).status == status, "\(count)")
            }
        }
    }

    @Test func `of many that bring one answer at once, one signs in`() async throws {
        try await TestAPI.run { api async throws in
            let passkey = try await api.passkey(as: try await api.register().access)
            let body = #"{"credential":\#(try passkey.used(try await api.passkeyChallenge()))}"#
            #expect(try await api.race(Self.path, Array(repeating: body, count: 8)) == [200: 1, 410: 7])
        }
    }

    @Test func `sent again under its key it opens one session`() async throws {
        try await TestAPI.run { api async throws in
            let passkey = try await api.passkey(as: try await api.register().access)
            let credential = try passkey.used(try await api.passkeyChallenge())
            let first = try await api.signIn(by: credential, headers: [.idempotencyKey: "once"])
            let again = try await api.signIn(by: credential, headers: [.idempotencyKey: "once"])
            #expect(first.status == 200)
            #expect(again.text == first.text)
            #expect(again.headers[.idempotentReplayed] == "true")
        }
    }

    @Test func `accounts that are closed or not proven are told so to the right passkey only`() async throws {
        let installation = try await TestInstallation { $0.requiresVerifiedEmail = false }
        let api = try TestAPI(installation)
        let passkey = try await api.passkey(as: try await api.registerProven().access)
        try await api.suspend()
        func code(_ change: (inout TestPasskey.Draft) -> Void = { _ in }) async throws -> String? {
            try await api.signIn(by: try passkey.used(try await api.passkeyChallenge(), change)).code
        }
        #expect(try await code { $0.changesSignature = true } == "invalid_credentials")
        #expect(try await code() == "account_suspended")
        try await api.change { $0.suspendedAt = nil }
        #expect(try await code() == nil)
        let strict = try TestAPI(
            try await TestInstallation(database: installation.database) { $0.requiresVerifiedEmail = true })
        try await api.change { $0.emailVerifiedAt = nil }
        let challenge = try await strict.passkeyChallenge()
        let answer = try await strict.signIn(by: try passkey.used(challenge))
        #expect(answer.status == 403)
        #expect(answer.code == "email_not_verified")
    }

    @Test(arguments: [
        ("{}", ["/credential"]), (#"{"credential":[]}"#, ["/credential"]),
        (#"{"credential":{}}"#, ["/credential/rawId", "/credential/response"]),
        (
            #"{"credential":{"rawId":"AQ","response":{}}}"#,
            [
                "/credential/response/clientDataJSON", "/credential/response/authenticatorData",
                "/credential/response/signature",
            ]
        ),
        (
            #"{"credential":{"rawId":"A","response":{"clientDataJSON":"A=","authenticatorData":" A","#
                + #""signature":"Ax"}}}"#,
            [
                "/credential/rawId", "/credential/response/clientDataJSON", "/credential/response/authenticatorData",
                "/credential/response/signature",
            ]
        ),
        (
            #"{"device_name":7,"credential":{"rawId":"AQ","response":{"clientDataJSON":"AQ","authenticatorData":"AQ","#
                + #""signature":"AQ","userHandle":7}}}"#,
            ["/device_name", "/credential/response/userHandle"]
        ),
    ])
    func `what can't be read is told at its place`(body: String, pointers: [String]) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.path, body)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(Set(answer.pointers) == Set(pointers), "\(answer.text)")
        }
    }

    @Test func `a body has 16 KiB at most`() async throws {
        try await TestAPI.run { api async throws in
            let padding = String(repeating: "x", count: 16 * 1024)
            for path in [Self.path, "/auth/mfa/verify", "/auth/reauthenticate"] {
                let answer = try await api.post(
                    path, #"{"more":"\#(padding)"}"#, as: try await api.register("\(path.count)@example.com").access)
                #expect(answer.status == 413, "\(path)")
                #expect(answer.code == "payload_too_large")
            }
        }
    }
}
