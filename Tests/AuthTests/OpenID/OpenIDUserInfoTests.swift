import Core
import Testing

@testable import Auth

/// What a provider tells at UserInfo, to whoever is not known yet.
struct OpenIDUserInfoTests {
    private static let info = RawObject([
        "sub": TestIDToken.subject.quoted, "email": "ann@example.org".quoted, "email_verified": "true",
    ])

    private static func signed(_ type: String) -> OpenIDResponse {
        OpenIDResponse(status: 200, contentType: type, body: Array("eyJhbGciOiJSUzI1NiJ9.e30.c2ln".utf8))
    }

    private static func html(status: Int = 200) -> OpenIDResponse {
        OpenIDResponse(status: status, contentType: "text/html", body: Array("<html>".utf8))
    }

    /// What tells no address, and why.
    private static let unusable: [(answer: OpenIDResponse, problem: OpenIDProblem?)] = [
        (TestOpenIDProvider.json(info.with("sub", "24400321".quoted).text), .wrongSubject),
        (TestOpenIDProvider.json(info.with("sub", " 24400320".quoted).text), .wrongSubject),
        (TestOpenIDProvider.json(info.with("sub", "24400320").text), .wrongSubject),
        (TestOpenIDProvider.json(info.with("sub", "".quoted).text), .wrongSubject),
        (TestOpenIDProvider.json(info.with("sub", "null").text), .wrongSubject),
        (TestOpenIDProvider.json(info.with("sub", #"["24400320"]"#).text), .wrongSubject),
        (TestOpenIDProvider.json(info.with("sub", nil).text), .wrongSubject),
        (TestOpenIDProvider.json(info.adding("sub", TestIDToken.subject.quoted).text), .unreadableAnswer),
        (TestOpenIDProvider.json(info.adding("email", "eve@example.org".quoted).text), .unreadableAnswer),
        (TestOpenIDProvider.json(info.text + String(repeating: " ", count: 262_144)), .unreadableAnswer),
        (TestOpenIDProvider.json("[\(info.text)]"), .unreadableAnswer),
        (TestOpenIDProvider.json(""), .unreadableAnswer),
        (html(), .unreadableAnswer),
        (OpenIDResponse(status: 200, contentType: nil, body: info.bytes), .unreadableAnswer),
        (signed("application/jwt"), nil), (signed("Application/JWT; charset=utf-8"), nil),
        (signed("application/json"), .unreadableAnswer),
        (OpenIDResponse(status: 200, contentType: "application/jwt", body: info.bytes), nil),
        (TestOpenIDProvider.json(info.text, status: 201), .failing(status: 201)),
        (TestOpenIDProvider.json(info.text, status: 302), .failing(status: 302)),
        (TestOpenIDProvider.json(#"{"error":"invalid_token"}"#, status: 401), .failing(status: 401)),
        (html(status: 403), .failing(status: 403)), (html(status: 404), .failing(status: 404)),
        (html(status: 429), .failing(status: 429)),
        (TestOpenIDProvider.json(info.text, status: 500), .failing(status: 500)),
        (html(status: 503), .failing(status: 503)),
        (TestOpenIDProvider.json(info.with("email", nil).text), nil),
        (TestOpenIDProvider.json(info.with("email", "ann".quoted).text), nil),
    ]

    private func fixture(_ endpoint: String? = TestOpenIDProvider.userInfoURL.quoted) throws -> OpenIDFixture {
        try OpenIDFixture(metadata: TestOpenIDProvider.metadata.with("userinfo_endpoint", endpoint))
    }

    /// One that is silent about the address.
    private func token(_ fixture: OpenIDFixture) -> TestIDToken {
        fixture.token().claim("email", nil).claim("email_verified", nil)
    }

    private func asked(_ fixture: OpenIDFixture, _ url: String = TestOpenIDProvider.userInfoURL) async -> Int {
        await fixture.provider.count(of: url)
    }

    @Test func `an address that no ID token tells is asked for with the access token`() async throws {
        let fixture = try fixture()
        let arrival = try await fixture.signIn(
            token(fixture).text(), userInfo: TestOpenIDProvider.json(Self.info.text))
        #expect(arrival.identity.email?.text == "ann@example.org")
        #expect(arrival.identity.isEmailVerified)
        #expect(arrival.identity.subject == TestIDToken.subject)
        #expect(arrival.emailProblem == nil)
        #expect(await asked(fixture) == 1)
        #expect(
            await fixture.provider.authorizations == [
                TestOpenIDProvider.userInfoURL: "Bearer \(TestOpenIDProvider.accessToken)"
            ])
        #expect(try await fixture.exchange() == arrival.identity)
    }

    @Test(arguments: ["ann@example.com".quoted, "".quoted, "ann".quoted, "null", "1", "[]"])
    func `one that the ID token tells stands, whatever it is good for`(email: String) async throws {
        let fixture = try fixture()
        let arrival = try await fixture.signIn(
            fixture.token().claim("email", email).claim("email_verified", nil).text(),
            userInfo: TestOpenIDProvider.json(Self.info.text))
        #expect(!arrival.identity.isEmailVerified)
        #expect(arrival.identity.email?.text != "ann@example.org")
        #expect(await asked(fixture) == 0)
    }

    @Test(arguments: unusable.indices)
    func `what is not plainly the person's tells no address, and the person stays who it is`(index: Int) async throws {
        let (answer, problem) = Self.unusable[index]
        let fixture = try fixture()
        let arrival = try await fixture.signIn(token(fixture).text(), userInfo: answer)
        #expect(
            arrival.identity
                == OpenIDIdentity(
                    issuer: TestIDToken.issuer, subject: TestIDToken.subject, givenName: PersonName("Ann"),
                    familyName: PersonName("Ek")))
        #expect(arrival.emailProblem == problem)
        #expect(await asked(fixture) == 1)
        #expect(try await fixture.exchange() == arrival.identity)
    }

    @Test func `nor does silence`() async throws {
        let fixture = try fixture()
        await fixture.provider.fallSilent(TestOpenIDProvider.userInfoURL)
        let arrival = try await fixture.signIn(token(fixture).text(), userInfo: Self.html())
        #expect(arrival.identity.email == nil)
        #expect(arrival.identity.subject == TestIDToken.subject)
        #expect(arrival.emailProblem == .unreachable)
    }

    @Test(arguments: ["false", #""true""#, "1", "null", "[true]", nil])
    func `an address is verified only by the word true`(value: String?) async throws {
        let fixture = try fixture()
        let answer = TestOpenIDProvider.json(Self.info.with("email_verified", value).text)
        // Nor by what the ID token says of an address that it does not tell.
        for said in [nil, "true"] {
            let arrival = try await fixture.signIn(
                token(fixture).claim("email_verified", said).text(), userInfo: answer)
            #expect(arrival.identity.email?.text == "ann@example.org")
            #expect(!arrival.identity.isEmailVerified)
        }
    }

    @Test func `names are taken where they are missing, and nothing else`() async throws {
        let fixture = try fixture()
        let info = Self.info.with("given_name", "Eve".quoted).with("family_name", "Ash".quoted)
            .with("name", "Eve Ash".quoted).with("picture", "https://example.org/a.png".quoted)
            .with("locale", "fr".quoted).with("iss", "https://evil.example.org".quoted)
        let arrival = try await fixture.signIn(
            token(fixture).claim("family_name", nil).text(), userInfo: TestOpenIDProvider.json(info.text))
        #expect(
            arrival.identity
                == OpenIDIdentity(
                    issuer: TestIDToken.issuer, subject: TestIDToken.subject,
                    email: try EmailAddress(parsing: "ann@example.org"), isEmailVerified: true,
                    givenName: PersonName("Ann"), familyName: PersonName("Ash"), name: PersonName("Eve Ash")))
    }

    @Test(arguments: [
        nil, "1", "null", "".quoted, "/userinfo".quoted, "http://id.example.org/userinfo".quoted,
        "http://127.0.0.1/userinfo".quoted, "https://me@id.example.org/userinfo".quoted,
        "https://id.example.org/userinfo#x".quoted, "javascript:alert(1)".quoted,
    ])
    func `an address of UserInfo that is not safe is none, and hinders nobody`(endpoint: String?) async throws {
        let fixture = try fixture(endpoint)
        let arrival = try await fixture.signIn(
            token(fixture).text(), userInfo: TestOpenIDProvider.json(Self.info.text))
        #expect(arrival.identity.email == nil)
        #expect(arrival.emailProblem == nil)
        #expect(await fixture.provider.authorizations.isEmpty)
        #expect(Set(await fixture.provider.gets) == [TestOpenIDProvider.discoveryURL, TestOpenIDProvider.keySetURL])
    }

    @Test func `on this machine http will do where the settings say so`() async throws {
        let url = "http://127.0.0.1:8080/userinfo"
        let fixture = try OpenIDFixture(
            metadata: TestOpenIDProvider.metadata.with("userinfo_endpoint", url.quoted), allowsLoopback: true)
        await fixture.provider.answer(url, TestOpenIDProvider.json(Self.info.text))
        #expect(try await fixture.signIn(token(fixture).text()).isEmailVerified)
        #expect(await asked(fixture, url) == 1)
    }

    @Test(arguments: [
        ("", false), ("a b", false), (#"a\r\nX-Evil: 1"#, false), (#"a\u0000"#, false), ("é", false),
        (String(repeating: "a", count: 8193), false), (String(repeating: "a", count: 8192), true), ("a|b:c~+/==", true),
    ])
    func `an access token that is none of a header is shown nowhere`(accessToken: String, isShown: Bool) async throws {
        let fixture = try fixture()
        await fixture.provider.answer(TestOpenIDProvider.userInfoURL, TestOpenIDProvider.json(Self.info.text))
        await fixture.provider.answerToken(
            TestOpenIDProvider.json(
                TestOpenIDProvider.tokens(idToken: try token(fixture).text())
                    .with("access_token", accessToken.quoted).text))
        let identity = try await fixture.exchange()
        #expect(identity.subject == TestIDToken.subject)
        #expect((identity.email != nil) == isShown)
        #expect(await asked(fixture) == (isShown ? 1 : 0))
    }

    @Test func `an ID token that is refused asks for nothing`() async throws {
        let fixture = try fixture()
        let forged = try token(fixture).claim("nonce", "other".quoted).text()
        #expect(try await fixture.problem { try await fixture.signIn(forged) } == .wrongNonce)
        #expect(await asked(fixture) == 0)
    }

    @Test func `one who gives up is no failure of UserInfo`() async throws {
        let fixture = try fixture()
        await fixture.provider.hold(TestOpenIDProvider.userInfoURL)
        await fixture.provider.fallSilent(TestOpenIDProvider.userInfoURL)
        let text = try token(fixture).text()
        let gone = Task { try await fixture.signIn(text) }
        while await asked(fixture) == 0 { await Task.yield() }
        gone.cancel()
        await fixture.provider.release()
        await #expect(throws: CancellationError.self) { try await gone.value }
    }
}
