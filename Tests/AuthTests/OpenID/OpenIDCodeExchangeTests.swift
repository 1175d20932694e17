import Core
import Foundation
import Testing

@testable import Auth

struct OpenIDCodeExchangeTests {
    private static let iss = "authorization_response_iss_parameter_supported"

    private static let answers: [(Int, String, OpenIDProblem)] = [
        (400, #"{"error":"invalid_grant","error_description":"Code redeemed."}"#, .codeRefused),
        (401, #"{"error":"invalid_client"}"#, .clientRefused),
        (400, #"{"error":"unauthorized_client"}"#, .clientRefused),
        (400, #"{"error":"invalid_request"}"#, .exchangeRefused),
        (400, #"{"error":"invalid_scope"}"#, .exchangeRefused),
        (400, #"{"error":1}"#, .exchangeRefused), (400, "{}", .exchangeRefused), (403, "<html>", .exchangeRefused),
        (404, "", .exchangeRefused), (200, #"{"error":"invalid_grant"}"#, .codeRefused),
        (200, #"{"error":"x","id_token":"a.b.c","access_token":"a","token_type":"Bearer"}"#, .exchangeRefused),
        (500, #"{"error":"invalid_grant"}"#, .failing(status: 500)), (503, "", .failing(status: 503)),
        (429, "{}", .failing(status: 429)), (302, "{}", .failing(status: 302)), (204, "", .failing(status: 204)),
        (200, "", .unreadableAnswer), (200, "access_token=a&id_token=b", .unreadableAnswer),
        (200, #"{"id_token":"a","id_token":"b"}"#, .unreadableAnswer), (200, "{}", .idTokenMissing),
        (200, #"{"access_token":"a","token_type":"Bearer"}"#, .idTokenMissing),
        (200, #"{"id_token":null,"access_token":"a","token_type":"Bearer"}"#, .idTokenMissing),
        (200, #"{"id_token":{},"access_token":"a","token_type":"Bearer"}"#, .idTokenMissing),
        (200, #"{"id_token":"a.b.c","access_token":"a"}"#, .tokenAnswerMalformed),
        (200, #"{"id_token":"a.b.c","access_token":"a","token_type":"mac"}"#, .tokenAnswerMalformed),
        (200, #"{"id_token":"a.b.c","token_type":"Bearer"}"#, .tokenAnswerMalformed),
        (200, #"{"id_token":"","access_token":"a","token_type":"bearer"}"#, .malformed),
    ]

    private static let mixUps: [(Bool, String?, OpenIDProblem)] = [
        (true, nil, .callbackIssuerMissing), (true, "https://evil.example.org", .callbackIssuerMismatch),
        (true, "https://id.example.org/", .callbackIssuerMismatch), (true, "", .callbackIssuerMismatch),
        (true, "https://ID.example.org", .callbackIssuerMismatch),
        (false, "https://evil.example.org", .callbackIssuerMismatch), (false, "", .callbackIssuerMismatch),
    ]

    @Test func `a code is exchanged with the verifier and the client's name and secret`() async throws {
        let fixture = try OpenIDFixture(secret: "p:a s/s+é")
        _ = try await fixture.signIn(fixture.token().text())
        let post = try #require(await fixture.provider.posts.first)
        #expect(post.url == "https://id.example.org/token")
        #expect(
            post.form == [
                "grant_type": "authorization_code", "code": "SplxlOBeZQQYbYS6WxSbIA",
                "redirect_uri": "https://app.example.org/v1/auth/oauth/example/callback",
                "code_verifier": OpenIDFixture.verifier,
            ])
        let credentials = Data("client-1:p%3Aa%20s%2Fs%2B%C3%A9".utf8).base64EncodedString()
        #expect(post.authorization == "Basic \(credentials)")
        #expect(await fixture.provider.posts.count == 1)
    }

    @Test(arguments: [
        (nil, true), (#"["client_secret_basic"]"#, true), (#"["client_secret_post","client_secret_basic"]"#, true),
        (#"["client_secret_post"]"#, false), (#"["none","client_secret_jwt","client_secret_post"]"#, false),
    ])
    func `the secret goes into the form only where no header is taken`(methods: String?, isBasic: Bool) async throws {
        let fixture = try OpenIDFixture(
            metadata: TestOpenIDProvider.metadata.with("token_endpoint_auth_methods_supported", methods))
        _ = try await fixture.signIn(fixture.token().text())
        let post = try #require(await fixture.provider.posts.first)
        #expect((post.authorization != nil) == isBasic)
        #expect(post.form["client_secret"] == (isBasic ? nil : "s3cret"))
        #expect(post.form["client_id"] == (isBasic ? nil : "client-1"))
    }

    @Test(arguments: [
        #"["none"]"#, #"["private_key_jwt","client_secret_jwt","tls_client_auth"]"#, #"["CLIENT_SECRET_POST"]"#,
        #"[""]"#, "[]",
    ])
    func `a provider that takes the secret in no known way is not shown it`(methods: String) async throws {
        let fixture = try OpenIDFixture(
            metadata: TestOpenIDProvider.metadata.with("token_endpoint_auth_methods_supported", methods))
        let problem = try await fixture.problem { try await fixture.signIn(fixture.token().text()) }
        #expect(problem == .noCommonAuthentication)
        #expect(problem?.kind == .misconfigured)
        #expect(await fixture.provider.posts.isEmpty)
    }

    @Test(arguments: answers)
    func `every other answer has its problem`(status: Int, body: String, expected: OpenIDProblem) async throws {
        let fixture = try OpenIDFixture()
        await fixture.provider.answerToken(TestOpenIDProvider.json(body, status: status))
        #expect(try await fixture.problem { try await fixture.exchange() } == expected)
    }

    @Test(arguments: ["text/html", "text/html; charset=application/json", "application/jsonp", "text/json", "", nil])
    func `an answer that does not call itself JSON is refused`(type: String?) async throws {
        let fixture = try OpenIDFixture()
        let body = TestOpenIDProvider.tokens(idToken: try fixture.token().text()).bytes
        await fixture.provider.answerToken(OpenIDResponse(status: 200, contentType: type, body: body))
        #expect(try await fixture.problem { try await fixture.exchange() } == .unreadableAnswer)
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "application/json;charset=UTF-8", "application/json ; a=b",
    ])
    func `one that does is read`(type: String) async throws {
        let fixture = try OpenIDFixture()
        let body = TestOpenIDProvider.tokens(idToken: try fixture.token().text()).bytes
        await fixture.provider.answerToken(OpenIDResponse(status: 200, contentType: type, body: body))
        #expect(try await fixture.problem { try await fixture.exchange() } == nil)
    }

    @Test func `a provider that does not answer is no proof of a forgery`() async throws {
        let fixture = try OpenIDFixture()
        await fixture.provider.goDown()
        let problem = try await fixture.problem { try await fixture.exchange() }
        #expect(problem == .unreachable)
        #expect(problem?.kind == .unavailable)
    }

    @Test(arguments: ["", "a\nb", "é", String(repeating: "a", count: 4097)])
    func `a text that is no code is sent nowhere`(code: String) async throws {
        let fixture = try OpenIDFixture()
        #expect(try await fixture.problem { try await fixture.exchange(code: code) } == .codeRefused)
        #expect(await fixture.provider.posts.isEmpty)
    }

    @Test(arguments: mixUps)
    func `the code of another provider's callback is sent nowhere`(
        isAnnounced: Bool, issuer: String?, expected: OpenIDProblem
    ) async throws {
        let fixture = try OpenIDFixture(metadata: TestOpenIDProvider.metadata.with(Self.iss, "\(isAnnounced)"))
        let problem = try await fixture.problem {
            try await fixture.signIn(fixture.token().text(), callbackIssuer: issuer)
        }
        #expect(problem == expected)
        #expect(await fixture.provider.posts.isEmpty)
    }

    @Test(arguments: [(true, TestIDToken.issuer), (false, TestIDToken.issuer), (false, nil)])
    func `a callback of this provider is accepted`(isAnnounced: Bool, issuer: String?) async throws {
        let fixture = try OpenIDFixture(metadata: TestOpenIDProvider.metadata.with(Self.iss, "\(isAnnounced)"))
        let identity = try await fixture.signIn(fixture.token().text(), callbackIssuer: issuer)
        #expect(identity.subject == TestIDToken.subject)
    }
}
