import Core
import Crypto
import Fakes
import Foundation
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth
@testable import HTTPServer

/// What a request may show to say who asks, over the whole stack.
struct CredentialTests {
    private static let me = "/api/v1/users/me"

    /// A token, rightly signed with the installation's key, whose header and claims were changed before.
    private static func forged(
        _ api: TestAPI, from token: String, header: (String) -> String = { $0 }, claims: (String) -> String = { $0 }
    ) throws -> String {
        let parts = try token.split(separator: ".").prefix(2).map { part in
            let bytes = try #require(Base64URL.decode(part))
            return String(decoding: bytes, as: UTF8.self)
        }
        let signed = [header(parts[0]), claims(parts[1])].map { Base64URL.encode(Array($0.utf8)) }
            .joined(separator: ".")
        let key = try #require(api.installation.ring.keys.signer(at: api.time.now))
        let signature = try key.privateKey.signature(for: Array(signed.utf8))
        return "\(signed).\(Base64URL.encode(Array(signature.rawRepresentation)))"
    }

    /// Refused as bearer token and as cookie, and alike.
    private static func expectRefused(_ api: TestAPI, _ token: String, _ comment: String) async throws {
        for headers in [TestAPI.bearer(token), [.cookie: "plinth_access=\(token)"]] {
            let answer = try await api.send(.get, me, headers: headers)
            #expect(answer.status == 401, "\(comment)")
            #expect(answer.code == "unauthenticated", "\(comment)")
            #expect(answer.headers[.wwwAuthenticate] == #"Bearer error="invalid_token""#, "\(comment)")
        }
    }

    @Test func `that the keys can't be read is an outage, and signs nobody out`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let id = try #require(api.installation.ring.keys.signer(at: api.time.now)).keyID
            let unknown = try Self.forged(api, from: token, header: { $0.replacing(id, with: "another") })
            api.pass(seconds: 31)
            api.database.failNext(.unavailable(retryAfter: .seconds(1)))
            let answer = try await api.me(unknown)
            #expect(answer.status == 503)
            #expect(answer.headers[.retryAfter] == "1")
            #expect(answer.headers[.wwwAuthenticate] == nil)
        }
    }

    @Test func `a token signed here and left as it was is taken, with the scheme in any case`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            #expect(try await api.me(try Self.forged(api, from: token)).status == 200)
            for scheme in ["Bearer", "bearer", "BEARER"] {
                #expect(
                    try await api.send(.get, Self.me, headers: [.authorization: "\(scheme) \(token)"]).status == 200)
            }
        }
    }

    @Test(arguments: [
        #""alg":"none""#, #""alg":"HS256""#, #""alg":"ES384""#, #""alg":"es256""#, #""alg":"ES256","crit":["b64"]"#,
        #""alg":"ES256","crit":"x""#, #""alg":"ES256","b64":false"#, #""alg":"ES256","jku":"https://evil.example""#,
        #""alg":"ES256","jwk":{}"#, #""alg":"ES256","x5u":"x""#, #""alg":"ES256","x5c":["x"]"#,
        #""alg":"none","alg":"ES256""#,
    ])
    func `a header that is not exactly ours is refused`(algorithm: String) async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let changed = try Self.forged(api, from: token) { $0.replacing(#""alg":"ES256""#, with: algorithm) }
            try await Self.expectRefused(api, changed, algorithm)
        }
    }

    @Test func `a token of another key, type, issuer or audience is refused`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let key = try #require(api.installation.ring.keys.signer(at: api.time.now)).keyID
            let other = Base64URL.encode([UInt8](repeating: 7, count: 32))
            for (name, changed) in [
                "unknown kid": try Self.forged(api, from: token, header: { $0.replacing(key, with: other) }),
                "empty kid": try Self.forged(api, from: token, header: { $0.replacing(key, with: "") }),
                "type": try Self.forged(api, from: token, header: { $0.replacing("at+jwt", with: "JWT") }),
                "issuer": try Self.forged(api, from: token, claims: { $0.replacing("localhost", with: "localhosu") }),
                "audience": try Self.forged(api, from: token, claims: { $0.replacing(#""test""#, with: #""best""#) }),
            ] {
                try await Self.expectRefused(api, changed, name)
            }
        }
    }

    @Test func `a token that is not exactly base64url of its bytes is refused`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let parts = token.split(separator: ".").map(String.init)
            var cases = [
                "padded": token + "=", "padded header": "\(parts[0])=.\(parts[1]).\(parts[2])",
                "a fourth part": token + ".",
                "no signature": "\(parts[0]).\(parts[1]).", "two parts": "\(parts[0]).\(parts[1])",
                "spaces": token.replacing(".", with: " ."), "5 KB": token + String(repeating: "A", count: 5000),
                "nothing but length": String(repeating: "a", count: 5000),
            ]
            // Tokens are random: one whose signature differs in the two alphabets comes soon.
            var (attempts, other) = (0, token)
            while !other.contains(where: { $0 == "-" || $0 == "_" }), attempts < 50 {
                other = try Self.forged(api, from: token)
                attempts += 1
            }
            cases["standard alphabet"] = other.replacing("-", with: "+").replacing("_", with: "/")
            for (name, text) in cases { try await Self.expectRefused(api, text, name) }
            #expect(try await api.me(token).status == 200)
        }
    }

    @Test func `a signature of anybody else is refused`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let signed = token.split(separator: ".").prefix(2).joined(separator: ".")
            let foreign = try P256.Signing.PrivateKey().signature(for: Array(signed.utf8)).rawRepresentation
            try await Self.expectRefused(api, "\(signed).\(Base64URL.encode(Array(foreign)))", "foreign key")
            let zeros = Base64URL.encode([UInt8](repeating: 0, count: 64))
            try await Self.expectRefused(api, "\(signed).\(zeros)", "zeros")
        }
    }

    @Test func `a token of a session of another person is nobody's`() async throws {
        try await TestAPI.run { api async throws in
            let ada = try await api.register().access
            let bob = try await api.register("bob@example.com").access
            let claims = String(
                decoding: try #require(Base64URL.decode(bob.split(separator: ".")[1])), as: UTF8.self)
            let subject = try #require(claims.firstMatch(of: /"sub":"([^"]+)"/)?.1)
            let mixed = try Self.forged(
                api, from: ada,
                claims: { claims in
                    claims.replacing(/"sub":"[^"]+"/, with: #""sub":"\#(subject)""#)
                })
            #expect(try await api.me(mixed).code == "unauthenticated")
        }
    }

    @Test func `an authorization header is the credential, whatever cookies come with it`() async throws {
        try await TestAPI.run { api async throws in
            let ada = try await api.register().access
            let bob = try await api.register("bob@example.com").access
            let cookie: HTTPFields = [.cookie: "plinth_access=\(ada)"]
            let both = try await api.send(.get, Self.me, headers: TestAPI.bearer(bob).merging(cookie))
            #expect(both["email"] as? String == "bob@example.com")
            for authorization in [
                "Bearer nonsense", "Bearer", "Bearer ", "Basic YTpi", "Bearer  \(bob)", "Bearer \u{301}\(bob)",
                "\(bob)",
                "Token \(bob)", "Bearer\t\(bob)", "Bearer \(bob), Bearer \(ada)",
            ] {
                let answer = try await api.send(
                    .get, Self.me, headers: cookie.merging([.authorization: authorization]))
                #expect(answer.status == 401, "\(authorization.prefix(16))")
            }
            let two = HTTPFields(named: [("Authorization", "Bearer \(bob)"), ("Authorization", "Bearer \(bob)")])
            #expect(try await api.send(.get, Self.me, headers: two).status == 401)
        }
    }

    @Test func `who shows nothing valid may still do what anybody may`() async throws {
        try await TestAPI.run { api async throws in
            for headers in [TestAPI.bearer("nonsense"), [.cookie: "plinth_access=nonsense"]] {
                #expect(try await api.send(.get, "/api/v1/auth/settings", headers: headers).status == 200)
                #expect(
                    try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials(), headers: headers).code
                        == "invalid_credentials")
            }
        }
    }
}
