import Core
import Testing

@testable import Auth

struct OpenIDMetadataTests {
    private static let unfit: [(String, String?, OpenIDProblem)] = [
        ("issuer", "https://id.example.org/".quoted, OpenIDProblem.discoveryIssuerMismatch),
        ("issuer", "https://ID.example.org".quoted, .discoveryIssuerMismatch),
        ("issuer", "https://id.example.or".quoted, .discoveryIssuerMismatch),
        ("issuer", "https://id.example.org.evil.org".quoted, .discoveryIssuerMismatch),
        ("issuer", "http://id.example.org".quoted, .discoveryIssuerMismatch),
        ("issuer", "".quoted, .discoveryIssuerMismatch), ("issuer", nil, .discoveryMalformed),
        ("issuer", "[\"https://id.example.org\"]", .discoveryMalformed),
        ("authorization_endpoint", nil, .discoveryMalformed), ("authorization_endpoint", "1", .discoveryMalformed),
        ("authorization_endpoint", "http://id.example.org/authorize".quoted, .insecureEndpoint),
        ("authorization_endpoint", "javascript:alert(1)".quoted, .insecureEndpoint),
        ("token_endpoint", nil, .discoveryMalformed), ("token_endpoint", "/token".quoted, .insecureEndpoint),
        ("token_endpoint", "http://id.example.org/token".quoted, .insecureEndpoint),
        ("token_endpoint", "http://127.0.0.1/token".quoted, .insecureEndpoint),
        ("token_endpoint", "https://id.example.org/token#x".quoted, .insecureEndpoint),
        ("token_endpoint", "https://me@id.example.org/token".quoted, .insecureEndpoint),
        ("jwks_uri", nil, .discoveryMalformed), ("jwks_uri", "null", .discoveryMalformed),
        ("jwks_uri", "http://id.example.org/keys".quoted, .insecureEndpoint),
        ("jwks_uri", "http://localhost/keys".quoted, .insecureEndpoint),
        ("jwks_uri", "file:///etc/passwd".quoted, .insecureEndpoint),
        ("id_token_signing_alg_values_supported", nil, .discoveryMalformed),
        ("id_token_signing_alg_values_supported", "RS256".quoted, .discoveryMalformed),
        ("id_token_signing_alg_values_supported", #"["RS256",1]"#, .discoveryMalformed),
        ("id_token_signing_alg_values_supported", "[]", .noCommonAlgorithm),
        ("id_token_signing_alg_values_supported", #"["none","HS256","rs256","PS256"]"#, .noCommonAlgorithm),
        ("code_challenge_methods_supported", #"["plain"]"#, .proofKeyUnsupported),
        ("code_challenge_methods_supported", #"["s256"]"#, .proofKeyUnsupported),
        ("code_challenge_methods_supported", "[]", .proofKeyUnsupported),
        ("code_challenge_methods_supported", "S256".quoted, .discoveryMalformed),
        ("token_endpoint_auth_methods_supported", #"["private_key_jwt"]"#, .noCommonAuthentication),
        ("token_endpoint_auth_methods_supported", "[]", .noCommonAuthentication),
        ("token_endpoint_auth_methods_supported", "null", .discoveryMalformed),
        ("authorization_response_iss_parameter_supported", "true".quoted, .discoveryMalformed),
        ("authorization_response_iss_parameter_supported", "1", .discoveryMalformed),
    ]

    private static let failures: [(OpenIDResponse, Int?)] = [
        (OpenIDResponse(status: 200, contentType: "text/html", body: TestOpenIDProvider.metadata.bytes), nil),
        (OpenIDResponse(status: 200, contentType: nil, body: TestOpenIDProvider.metadata.bytes), nil),
        (TestOpenIDProvider.json(""), nil), (TestOpenIDProvider.json("[]"), nil),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.adding("issuer", "x".quoted).text), nil),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.text + "x"), nil),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.text + String(repeating: " ", count: 262_144)), nil),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.text, status: 500), 500),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.text, status: 302), 302),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.text, status: 404), 404),
        (TestOpenIDProvider.json(TestOpenIDProvider.metadata.text, status: 201), 201),
    ]

    private func problem(_ metadata: RawObject, allowsLoopback: Bool = false) async throws -> OpenIDProblem? {
        let fixture = try OpenIDFixture(metadata: metadata, allowsLoopback: allowsLoopback)
        return try await fixture.problem { try await fixture.signIn(fixture.token().text()) }
    }

    @Test(arguments: unfit)
    func `a document that is not this provider's or not safe is refused`(
        name: String, value: String?, expected: OpenIDProblem
    ) async throws {
        #expect(try await problem(TestOpenIDProvider.metadata.with(name, value)) == expected)
        #expect(expected.kind == .misconfigured)
    }

    @Test func `what is not said has its default`() async throws {
        let metadata = TestOpenIDProvider.metadata.with("code_challenge_methods_supported", nil)
        #expect(try await problem(metadata) == nil)
        #expect(try await problem(metadata.with("authorization_response_iss_parameter_supported", "false")) == nil)
    }

    @Test(arguments: ["127.0.0.1:8080", "127.255.0.9", "localhost", "[::1]:8080"])
    func `on this machine http will do where the settings say so`(host: String) async throws {
        let metadata = TestOpenIDProvider.metadata.with("jwks_uri", "http://\(host)/keys".quoted)
        #expect(try await problem(metadata) == .insecureEndpoint)
        // Nothing is there, but it is asked for.
        #expect(try await problem(metadata, allowsLoopback: true) == .failing(status: 404))
    }

    @Test(arguments: [
        "id.example.org", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "128.0.0.1", "127.1",
        "127.0.0.01", "127.0.0.256", "[::2]", "[::ffff:127.0.0.1]", "localhost@example.org", "localhost:", "[::1",
        "localhost:0", "localhost:99999",
    ])
    func `elsewhere it will not`(host: String) async throws {
        let metadata = TestOpenIDProvider.metadata.with("token_endpoint", "http://\(host)/token".quoted)
        #expect(try await problem(metadata, allowsLoopback: true) == .insecureEndpoint)
    }

    @Test(arguments: failures)
    func `an answer that is no document is the provider's failure`(answer: OpenIDResponse, status: Int?) async throws {
        let fixture = try OpenIDFixture()
        await fixture.provider.answer(TestOpenIDProvider.discoveryURL, answer)
        let problem = try await fixture.problem { try await fixture.signIn(fixture.token().text()) }
        #expect(problem == status.map { .failing(status: $0) } ?? .unreadableAnswer)
        #expect(problem?.kind == .unavailable)
    }

    @Test(arguments: [
        ("https://a.example.org", "https://a.example.org/.well-known/openid-configuration"),
        ("https://a.example.org/", "https://a.example.org/.well-known/openid-configuration"),
        ("https://a.example.org/t/1/", "https://a.example.org/t/1/.well-known/openid-configuration"),
    ])
    func `the document is below the issuer`(issuer: String, url: String) {
        #expect(OpenIDMetadata.url(issuer: issuer, allowsLoopback: false)?.text == url)
    }
}
