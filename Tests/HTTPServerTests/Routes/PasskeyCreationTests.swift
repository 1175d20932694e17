import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// New passkeys that are not what was asked for.
struct PasskeyCreationTests {
    private static let path = "/users/me/passkeys/verify"

    struct Cheat: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TestPasskey.Draft) -> Void
    }

    @Test(arguments: [
        Cheat(testDescription: "another site's page") { $0.origin = "https://localhost.evil.example" },
        Cheat(testDescription: "another port") { $0.origin = "http://localhost:8081" },
        Cheat(testDescription: "https instead of http") { $0.origin = "https://localhost:8080" },
        Cheat(testDescription: "another site's passkey") { $0.site = "evil.example" },
        Cheat(testDescription: "a use instead of a new one") { $0.type = "webauthn.get" },
        Cheat(testDescription: "nobody present") { $0.flags = 0x04 },
        Cheat(testDescription: "nobody verified") { $0.flags = 0x01 },
        Cheat(testDescription: "backed up, though it can't be") { $0.flags = 0x15 },
    ])
    func `one made otherwise is refused, and the same challenge serves for a right one`(cheat: Cheat) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let answer = try await api.addPasskey(passkey.created(challenge, cheat.change), as: own.access)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(answer.pointers == ["/credential"])
            #expect(try await api.addPasskey(passkey.created(challenge), as: own.access).status == 201)
        }
    }

    @Test func `one that can be copied to other devices says so`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let answer = try await api.addPasskey(passkey.created(challenge) { $0.flags = 0x1D }, as: own.access)
            #expect(answer.status == 201)
            #expect(answer["backed_up"] as? Bool == true)
        }
    }

    @Test func `a challenge works once, for five minutes, for the person and for this`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            #expect(try await api.addPasskey(passkey.created(challenge), as: own.access).status == 201)
            let (second, used) = (TestPasskey(userHandle: passkey.userHandle), challenge)
            let (_, strange) = try await api.makePasskey(as: other.access)
            let (_, old) = try await api.makePasskey(as: own.access)
            api.pass(seconds: 299)
            let (_, fresh) = try await api.makePasskey(as: own.access)
            api.pass(seconds: 1)
            let tokens = try await api.renew(own)
            for wrong in [used, strange, old, try await api.passkeyChallenge(), "AQIDBAUGBwgJCgsMDQ4PEA"] {
                let answer = try await api.addPasskey(second.created(wrong), as: tokens.access)
                #expect(answer.status == 410)
                #expect(answer.code == "challenge_expired")
            }
            #expect(try await api.addPasskey(second.created(fresh), as: tokens.access).status == 201)
        }
    }

    @Test func `one that somebody has already is nobody else's`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let passkey = try await api.passkey(as: own.access)
            for access in [own.access, other.access] {
                let (_, challenge) = try await api.makePasskey(as: access)
                let answer = try await api.addPasskey(passkey.created(challenge), as: access)
                #expect(answer.status == 422)
                #expect(answer.pointers == ["/credential"])
            }
            let answer = try await api.signIn(by: try passkey.used(try await api.passkeyChallenge()))
            #expect((answer["user"] as? [String: Any])?["email"] as? String == "ada@example.com")
        }
    }

    @Test(arguments: [
        ("{}", ["/credential"]), (#"{"credential":null}"#, ["/credential"]), (#"{"credential":"x"}"#, ["/credential"]),
        (#"{"credential":{}}"#, ["/credential/rawId", "/credential/response"]),
        (
            #"{"credential":{"rawId":"AQ","response":{}}}"#,
            ["/credential/response/clientDataJSON", "/credential/response/attestationObject"]
        ),
        (
            #"{"credential":{"rawId":"AQ==","response":{"clientDataJSON":"a+b/","attestationObject":"*"}}}"#,
            [
                "/credential/rawId", "/credential/response/clientDataJSON",
                "/credential/response/attestationObject",
            ]
        ),
        (
            #"{"name":"","credential":{"rawId":"AQ","response":{"clientDataJSON":7,"attestationObject":"AQ"}}}"#,
            ["/name", "/credential/response/clientDataJSON"]
        ),
        // Base64url all right, and nothing in it.
        (
            #"{"credential":{"rawId":"AQ","response":{"clientDataJSON":"AQ","attestationObject":"AQ"}}}"#,
            ["/credential"]
        ),
    ])
    func `what can't be read is told at its place`(body: String, pointers: [String]) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.path, body, as: try await api.register().access)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(Set(answer.pointers) == Set(pointers), "\(answer.text)")
        }
    }

    @Test func `a body has 16 KiB at most`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (passkey, challenge) = try await api.makePasskey(as: own.access)
            let credential = passkey.created(challenge)
            func body(_ length: Int) -> String {
                let text = #"{"credential":\#(credential),"more":""}"#
                return text.dropLast(2) + String(repeating: "x", count: length - text.utf8.count) + #""}"#
            }
            let large = try await api.post(Self.path, body(16 * 1024 + 1), as: own.access)
            #expect(large.status == 413)
            #expect(large.code == "payload_too_large")
            #expect(try await api.post(Self.path, body(16 * 1024), as: own.access).status == 201)
        }
    }
}
