import Core
import Fakes

@testable import Auth

/// A provider and us, its client.
struct OpenIDFixture {
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    let time = ManualTime()
    let rsa: TestOpenIDKey
    let ec = TestOpenIDKey.ec()
    let provider: TestOpenIDProvider
    let client: OpenIDClient

    init(
        metadata: RawObject = TestOpenIDProvider.metadata, keys: [RawObject]? = nil, secret: String = "s3cret",
        allowsLoopback: Bool = false
    ) throws {
        rsa = try .rsa()
        provider = TestOpenIDProvider(metadata: metadata, keys: keys ?? [rsa.published, ec.published])
        client = try Self.client(of: provider, time: time, secret: secret, allowsLoopback: allowsLoopback)
    }

    static func client(
        of provider: TestOpenIDProvider, time: ManualTime, secret: String = "s3cret", allowsLoopback: Bool = false
    ) throws -> OpenIDClient {
        OpenIDClient(
            settings: try OpenIDProviderSettings(
                name: "example", issuer: TestIDToken.issuer, clientID: TestIDToken.clientID,
                clientSecret: Secret(secret), redirectURI: "https://app.example.org/v1/auth/oauth/example/callback",
                allowsLoopback: allowsLoopback),
            transport: provider, time: time.source)
    }

    var now: Timestamp { time.now }

    /// A right token, to be changed.
    func token(_ key: TestOpenIDKey? = nil) -> TestIDToken {
        TestIDToken(key: key ?? ec, now: now)
    }

    /// Comes back from the provider, which hands out this token.
    func signIn(
        _ idToken: String, code: String = "SplxlOBeZQQYbYS6WxSbIA", callbackIssuer: String? = nil,
        nonce: String = TestIDToken.nonce, client: OpenIDClient? = nil
    ) async throws -> OpenIDIdentity {
        await provider.answerToken(TestOpenIDProvider.json(TestOpenIDProvider.tokens(idToken: idToken).text))
        return try await exchange(code: code, callbackIssuer: callbackIssuer, nonce: nonce, client: client)
    }

    /// Comes back from the provider, which hands out this token and has this to tell of the person.
    func signIn(_ idToken: String, userInfo: OpenIDResponse) async throws -> OpenIDArrival {
        await provider.answer(TestOpenIDProvider.userInfoURL, userInfo)
        await provider.answerToken(TestOpenIDProvider.json(TestOpenIDProvider.tokens(idToken: idToken).text))
        guard let proofKey = ProofKey(verifier: Self.verifier) else { throw OpenIDProblem.codeRefused }
        return try await client.arrival(
            code: "c1", callbackIssuer: nil, nonce: TestIDToken.nonce, proofKey: proofKey, now: now
        ) { _ in true }
    }

    /// The same, with whatever the token endpoint answers.
    func exchange(
        code: String = "SplxlOBeZQQYbYS6WxSbIA", callbackIssuer: String? = nil, nonce: String = TestIDToken.nonce,
        client: OpenIDClient? = nil
    ) async throws -> OpenIDIdentity {
        guard let proofKey = ProofKey(verifier: Self.verifier) else { throw OpenIDProblem.codeRefused }
        return try await (client ?? self.client).identity(
            code: code, callbackIssuer: callbackIssuer, nonce: nonce, proofKey: proofKey, now: now)
    }

    /// What became of a sign-in; nil when it was accepted.
    func problem(_ work: () async throws -> OpenIDIdentity) async throws -> OpenIDProblem? {
        do {
            _ = try await work()
            return nil
        } catch let problem as OpenIDProblem {
            return problem
        }
    }
}
