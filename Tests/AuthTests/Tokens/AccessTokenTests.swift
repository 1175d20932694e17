import Core
import Crypto
import Fakes
import Testing

@testable import Auth

struct AccessTokenTests {
    private let tokens: TestTokens

    init() async throws {
        tokens = try await TestTokens()
    }

    private func problem(_ text: String, after: Duration = .zero) -> AccessTokenProblem? {
        do {
            _ = try tokens.verifier().verify(text, now: tokens.now + after)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a token says who, in which session, and no more`() throws {
        let text = try tokens.issue()
        let header = try #require(FlatJSON(tokens.part(0, of: text)))
        #expect(Set(header.members.keys) == ["alg", "kid", "typ"])
        #expect(header.text("typ") == "at+jwt")
        #expect(header.text("alg") == "ES256")
        let claims = try #require(FlatJSON(tokens.part(1, of: text)))
        #expect(Set(claims.members.keys) == ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"])
        #expect(claims.text("sub") == tokens.user.description)
        #expect(claims.text("sid") == tokens.session.description)
        #expect(claims.number("exp") == tokens.now.seconds + 300)
        #expect(text.utf8.count < 1024)
    }

    @Test func `a token verifies for five minutes`() throws {
        let issuer = AccessTokenIssuer(
            issuer: TestTokens.issuer, audience: "plinth", ring: tokens.ring, randomness: .seeded(1))
        let (text, expiresIn) = try issuer.issue(user: tokens.user, session: tokens.session, now: tokens.now)
        #expect(expiresIn == .minutes(5))
        let claims = try tokens.verifier().verify(text, now: tokens.now + .seconds(299))
        #expect(
            claims
                == AccessClaims(
                    userID: tokens.user, sessionID: tokens.session, issuedAt: tokens.now,
                    expiresAt: tokens.now + .minutes(5)))
        #expect(problem(text, after: .minutes(5)) == .expired)
        #expect(problem(text, after: .seconds(-30)) == nil)
        #expect(problem(text, after: .seconds(-31)) == .notYetValid)
    }

    @Test func `two tokens of one moment differ`() throws {
        let issuer = AccessTokenIssuer(
            issuer: TestTokens.issuer, audience: "plinth", ring: tokens.ring, randomness: .seeded(1))
        let ids = try (0..<2).map { _ in
            let text = try issuer.issue(user: tokens.user, session: tokens.session, now: tokens.now).text
            return FlatJSON(try tokens.part(1, of: text))?.text("jti")
        }
        #expect(Set(ids).count == 2)
    }

    @Test func `without a signing key none is issued`() throws {
        let empty = SigningKeyRing(repository: tokens.repository, masterKeys: try .test(), time: tokens.time.source)
        #expect(throws: AccessTokenIssuer.NoSigningKey()) { try tokens.issue(ring: empty) }
    }

    @Test func `a token for another issuer or audience is refused`() throws {
        #expect(problem(try tokens.issue(issuer: "https://evil.example.org")) == .wrongIssuer)
        #expect(problem(try tokens.issue(audience: "other")) == .wrongAudience)
        #expect(problem(try tokens.issue(issuer: TestTokens.issuer + "/")) == .wrongIssuer)
    }

    @Test func `a change of any byte is refused`() throws {
        let bytes = Array(try tokens.issue().utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(problem(String(decoding: changed, as: UTF8.self)) != nil)
        }
    }

    @Test func `a signature of another key is refused`() throws {
        let signed = try tokens.issue().split(separator: ".").dropLast().joined(separator: ".")
        let signature = try P256.Signing.PrivateKey().signature(for: Array(signed.utf8))
        #expect(problem("\(signed).\(Base64URL.encode(Array(signature.rawRepresentation)))") == .badSignature)
        #expect(problem("\(signed).\(Base64URL.encode(Array(signature.derRepresentation)))") == .badSignature)
        #expect(problem("\(signed).\(Base64URL.encode([UInt8](repeating: 0, count: 64)))") == .badSignature)
        #expect(problem("\(signed).") == .badSignature)
    }

    @Test(arguments: [
        ("none", AccessTokenProblem.wrongAlgorithm), ("HS256", .wrongAlgorithm), ("ES384", .wrongAlgorithm),
        ("es256", .wrongAlgorithm), ("", .wrongAlgorithm),
    ])
    func `any algorithm but that of the key is refused`(algorithm: String, expected: AccessTokenProblem) throws {
        #expect(
            problem(try tokens.forged { $0.replacing(#""alg":"ES256""#, with: #""alg":"\#(algorithm)""#) }) == expected)
    }

    @Test(arguments: ["JWT", "at+JWT", "application/at+jwt", "jwt", ""])
    func `any type but at+jwt is refused`(type: String) throws {
        #expect(problem(try tokens.forged { $0.replacing("at+jwt", with: type) }) == .wrongType)
    }

    @Test(arguments: ["crit", "jku", "jwk", "x5u", "x5c", "b64", "x5t", "zip", "cty", "enc", "ALG"])
    func `a header with any other member is refused`(name: String) throws {
        let token = try tokens.forged { "{\"\(name)\":\"x\"," + $0.dropFirst() }
        #expect(problem(token) == .forbiddenHeader)
    }

    @Test func `a header with a nested or doubled member, or without one, is refused`() throws {
        let whole = try String(decoding: tokens.part(0, of: tokens.issue()), as: UTF8.self)
        let key = try #require(tokens.ring.keys.signer(at: tokens.now)).keyID
        for header in [
            "{\"jwk\":{}," + whole.dropFirst(), "{\"crit\":[\"b64\"]," + whole.dropFirst(),
            "{\"b64\":false," + whole.dropFirst(),
            "{\"alg\":\"none\"," + whole.dropFirst(), "{\"alg\":\"ES256\"," + whole.dropFirst(), "[]", "null", "",
            #"{"alg":"ES256","typ":"at+jwt"}"#, #"{"kid":"\#(key)","typ":"at+jwt"}"#, whole + whole, whole + "x",
            #"{"alg":"ES256","kid":1,"typ":"at+jwt"}"#, #"{"\u0061lg":"ES256","kid":"\#(key)","typ":"at+jwt"}"#,
        ] {
            #expect(problem(try tokens.forged { _ in header }) == .malformed, "\(header)")
        }
        #expect(problem(try tokens.forged { _ in #"{"alg":"ES256","kid":"\#(key)"}"# }) == .wrongType)
    }

    @Test(arguments: ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"])
    func `claims without one, with one twice or of another type are refused`(name: String) throws {
        let claims = try String(decoding: tokens.part(1, of: tokens.issue()), as: UTF8.self)
        let member = try #require(claims.firstMatch(of: try Regex("\"\(name)\":[^,}]*,?"))).output[0].substring ?? ""
        for other in [
            claims.replacing(member, with: ""), claims.replacing(member, with: "\"\(name)\":null,"),
            claims.replacing(member, with: "\"\(name)\":[\"x\"],"), claims.replacing("{", with: "{\"\(name)\":\"x\","),
            claims.replacing("{", with: "{\"role\":\"admin\","),
            claims.replacing("\"\(name)\":", with: "\"\(name)\":-"),
        ] {
            #expect(problem(try tokens.forged(claims: { _ in other })) == .malformed, "\(other)")
        }
    }

    @Test(arguments: ["sub", "sid"])
    func `an id that is no UUID is refused`(name: String) throws {
        let claims = try tokens.forged(claims: { $0.replacing("\"\(name)\":\"0", with: "\"\(name)\":\"g") })
        #expect(problem(claims) == .malformed)
    }

    @Test func `a token from the future is refused`() throws {
        let later = tokens.now.seconds + 31
        for name in ["nbf", "iat"] {
            let claims = try tokens.forged(claims: {
                $0.replacing("\"\(name)\":\(tokens.now.seconds)", with: "\"\(name)\":\(later)")
            })
            #expect(problem(claims) == .notYetValid)
        }
    }

    @Test func `the text must be exactly three parts of strict base64url`() throws {
        let text = try tokens.issue()
        let parts = text.split(separator: ".").map(String.init)
        for other in [
            "", ".", "..", "...", "a.b.c", text + ".", "." + text, text + ".x", parts[0] + "." + parts[1],
            parts[0] + "=." + parts[1] + "." + parts[2], text + "=", text + "\n", " " + text, text + "\u{0}",
            parts[0] + "\n." + parts[1] + "." + parts[2], text.replacing(".", with: "．"), "Bearer " + text,
        ] {
            #expect(problem(other) == .malformed, "\(other)")
        }
        // The last character of 64 bytes carries two bits only: another one must not spell the same signature.
        let alternatives = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/"
        for character in alternatives where character != text.last {
            #expect(problem(text.dropLast() + String(character)) != nil)
        }
    }

    @Test func `over 4 KB nothing is looked at`() {
        #expect(problem(String(repeating: "a", count: 4097)) == .tooLong)
        #expect(problem(String(repeating: "a", count: 4096)) == .malformed)
    }

    @Test func `a token of an unknown key is refused, and found after the ring has read`() async throws {
        let other = try await TestTokens()
        #expect(problem(try other.issue()) == .unknownKey)
        // Another instance, which will learn of the key only by reading.
        let late = SigningKeyRing(repository: tokens.repository, masterKeys: try .test(), time: tokens.time.source)
        let verifier = AccessTokenVerifier(issuer: TestTokens.issuer, audience: "plinth", ring: late)
        let text = try tokens.issue()
        #expect(throws: AccessTokenProblem.unknownKey) { try verifier.verify(text, now: tokens.now) }
        #expect(try await verifier.verifyReloading(text, now: tokens.now).sessionID == tokens.session)
        await #expect(throws: AccessTokenProblem.unknownKey) {
            try await verifier.verifyReloading(other.issue(), now: tokens.now)
        }
        await #expect(throws: AccessTokenProblem.malformed) {
            try await verifier.verifyReloading("x", now: tokens.now)
        }
    }

    @Test func `a token of a revoked key is dead, seen before or not`() async throws {
        let cache = VerifiedTokenCache()
        let verifier = tokens.verifier(cache: cache)
        let (seen, unseen) = (try tokens.issue(), try tokens.issue(seed: 2))
        _ = try verifier.verify(seen, now: tokens.now)
        let key = try #require(tokens.ring.keys.signer(at: tokens.now))
        await tokens.repository.revoke(key.keyID, at: tokens.now)
        try await tokens.ring.reload()
        for text in [seen, unseen] {
            #expect(throws: AccessTokenProblem.unknownKey) { try verifier.verify(text, now: tokens.now) }
        }
    }

    @Test func `a token from the cache expires like any other`() throws {
        let verifier = tokens.verifier(cache: VerifiedTokenCache())
        let text = try tokens.issue()
        let claims = try verifier.verify(text, now: tokens.now)
        #expect(try verifier.verify(text, now: tokens.now + .seconds(299)) == claims)
        #expect(throws: AccessTokenProblem.expired) { try verifier.verify(text, now: tokens.now + .minutes(5)) }
    }
}
