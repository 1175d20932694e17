import Core
import Testing

@testable import Auth

struct IDTokenTests {
    private let fixture: OpenIDFixture

    init() throws {
        fixture = try OpenIDFixture()
    }

    private func problem(_ token: TestIDToken) async throws -> OpenIDProblem? {
        try await fixture.problem { try await fixture.signIn(token.text()) }
    }

    @Test func `a token says who the person is`() async throws {
        for key in [fixture.rsa, fixture.ec] {
            let identity = try await fixture.signIn(fixture.token(key).text())
            #expect(identity.issuer == TestIDToken.issuer)
            #expect(identity.subject == TestIDToken.subject)
            #expect(identity.email?.text == "ann@example.org")
            #expect(identity.isEmailVerified)
            #expect(identity.givenName?.text == "Ann")
            #expect(identity.familyName?.text == "Ek")
        }
    }

    @Test(
        arguments: HostileIDToken.forms + HostileIDToken.headers + HostileIDToken.signatures
            + HostileIDToken.parties + HostileIDToken.times)
    func `any other token is refused`(hostile: HostileIDToken) async throws {
        let text = try hostile.forge(fixture)
        #expect(try await fixture.problem { try await fixture.signIn(text) } == hostile.problem)
        #expect(hostile.problem.kind == .refused)
    }

    @Test func `a change of any character is refused`() async throws {
        let text = try fixture.token().text()
        for index in text.indices {
            let other = text[index] == "A" ? "B" : "A"
            let changed = text[..<index] + other + text[text.index(after: index)...]
            #expect(try await fixture.problem { try await fixture.signIn(String(changed)) } != nil, "\(changed)")
        }
    }

    @Test(arguments: [
        ("exp", -59), ("iat", 60), ("iat", -600), ("nbf", 60), ("nbf", -86_400),
    ])
    func `times may differ by a minute, and a token may be ten minutes old`(name: String, seconds: Int64) async throws {
        #expect(try await problem(fixture.token().claim(name, "\(fixture.now.seconds + seconds)")) == nil)
    }

    @Test func `times may have fractions`() async throws {
        #expect(try await problem(fixture.token().claim("iat", "\(fixture.now.seconds).999")) == nil)
        #expect(try await problem(fixture.token().claim("exp", "\(fixture.now.seconds - 60).999")) == .expired)
    }

    @Test(arguments: [
        (#"["client-1"]"#, nil), (#"["client-1"]"#, "client-1"), (#""client-1""#, "client-1"),
        (#"["other","client-1"]"#, "client-1"),
    ])
    func `an audience that is ours is accepted`(audience: String, party: String?) async throws {
        #expect(try await problem(fixture.token().claim("aud", audience).claim("azp", party?.quoted)) == nil)
    }

    @Test func `a Kelvin sign is no K`() async throws {
        let (kelvin, key) = ("\u{212A}-1", TestOpenIDKey.ec(id: "K1"))
        await fixture.provider.publish([key.published])
        #expect(try await problem(fixture.token(key)) == nil)
        #expect(try await problem(fixture.token(key).header("kid", "\u{212A}1".quoted)) == .unknownKey)
        #expect(kelvin == "K-1")
        #expect(!kelvin.isExactly("K-1"))
    }

    @Test func `a hash of the access token that came along is accepted`() async throws {
        let hash = HostileIDToken.hash(of: TestOpenIDProvider.accessToken, 16)
        #expect(try await problem(fixture.token().claim("at_hash", hash.quoted)) == nil)
        #expect(try await problem(fixture.token(fixture.rsa).claim("at_hash", hash.quoted)) == nil)
    }

    @Test func `a hash without an access token is refused`() throws {
        let verifier = IDTokenVerifier(
            issuer: TestIDToken.issuer, clientID: TestIDToken.clientID, algorithms: [.es256])
        let document = StrictJSON.members(of: Array(TestOpenIDProvider.keySet([fixture.ec.published]).utf8))
        let keys = try OpenIDKeySet(document ?? [:])
        let text = try fixture.token().claim("at_hash", "x".quoted).text()
        #expect(throws: OpenIDProblem.wrongAccessToken) {
            try verifier.verify(text, keys: keys, nonce: TestIDToken.nonce, accessToken: nil, now: fixture.now)
        }
    }

    @Test func `without a nonce of ours no token fits`() async throws {
        for token in [fixture.token().claim("nonce", "".quoted), fixture.token().claim("nonce", nil)] {
            #expect(
                try await fixture.problem { try await fixture.signIn(token.text(), nonce: "") } == .wrongNonce)
        }
    }

    @Test func `a subject has 1 to 255 characters`() async throws {
        for subject in ["1", String(repeating: "x", count: 255), "auth0|5f7c8ec7c33c6c004bbafe82"] {
            #expect(try await fixture.signIn(fixture.token().claim("sub", subject.quoted).text()).subject == subject)
        }
    }

    @Test func `a header without type, or with members that change nothing, is accepted`() async throws {
        #expect(try await problem(fixture.token().header("typ", nil)) == nil)
        #expect(try await problem(fixture.token().header("x5t", "abc".quoted)) == nil)
    }

    @Test func `an algorithm that the provider does not offer is refused`() async throws {
        let fixture = try OpenIDFixture(
            metadata: TestOpenIDProvider.metadata.with("id_token_signing_alg_values_supported", #"["RS256"]"#))
        #expect(
            try await fixture.problem { try await fixture.signIn(fixture.token(fixture.ec).text()) }
                == .wrongAlgorithm)
        #expect(try await fixture.problem { try await fixture.signIn(fixture.token(fixture.rsa).text()) } == nil)
    }
}
