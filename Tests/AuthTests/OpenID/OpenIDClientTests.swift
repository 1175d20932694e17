import Core
import Fakes
import Foundation
import Testing

@testable import Auth

struct OpenIDClientTests {
    private let fixture: OpenIDFixture

    init() throws {
        fixture = try OpenIDFixture()
    }

    private func problem(_ token: TestIDToken) async throws -> OpenIDProblem? {
        try await fixture.problem { try await fixture.signIn(token.text()) }
    }

    private var discoveries: Int {
        get async { await fixture.provider.count(of: TestOpenIDProvider.discoveryURL) }
    }

    private var keyFetches: Int {
        get async { await fixture.provider.count(of: TestOpenIDProvider.keySetURL) }
    }

    @Test func `what the provider publishes is fetched once`() async throws {
        for _ in 0..<5 { #expect(try await problem(fixture.token()) == nil) }
        #expect(await discoveries == 1)
        #expect(await keyFetches == 1)
    }

    @Test func `callers at once share one fetch`() async throws {
        let provider = fixture.provider
        await provider.answerToken(
            TestOpenIDProvider.json(TestOpenIDProvider.tokens(idToken: try fixture.token().text()).text))
        await provider.hold()
        let fixture = fixture
        try await withThrowingTaskGroup(of: OpenIDIdentity.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.exchange() } }
            while await provider.gets.isEmpty { await Task.yield() }
            await provider.release()
            try await group.waitForAll()
        }
        #expect(await discoveries == 1)
        #expect(await keyFetches == 1)
    }

    @Test func `unknown keys cause one fetch in 30 seconds`() async throws {
        #expect(try await problem(fixture.token()) == nil)
        fixture.time.advance(by: .seconds(31))
        let fixture = fixture
        let unknown = try fixture.token().header("kid", "other".quoted).text()
        await fixture.provider.answerToken(
            TestOpenIDProvider.json(TestOpenIDProvider.tokens(idToken: unknown).text))
        try await withThrowingTaskGroup(of: OpenIDProblem?.self) { group in
            for _ in 0..<50 {
                group.addTask { try await fixture.problem { try await fixture.exchange() } }
            }
            for try await problem in group { #expect(problem == .unknownKey) }
        }
        #expect(await keyFetches == 2)
        fixture.time.advance(by: .seconds(29))
        #expect(try await fixture.problem { try await fixture.exchange() } == .unknownKey)
        #expect(await keyFetches == 2)
        fixture.time.advance(by: .seconds(1))
        for _ in 0..<5 { #expect(try await fixture.problem { try await fixture.exchange() } == .unknownKey) }
        #expect(await keyFetches == 3)
    }

    @Test func `a new key is found, and an old one goes with it`() async throws {
        #expect(try await problem(fixture.token()) == nil)
        let new = TestOpenIDKey.ec(id: "e2")
        await fixture.provider.publish([new.published])
        #expect(try await problem(fixture.token(new)) == .unknownKey)
        fixture.time.advance(by: .seconds(30))
        #expect(try await problem(fixture.token(new)) == nil)
        #expect(try await problem(fixture.token()) == .unknownKey)
        #expect(await keyFetches == 2)
    }

    @Test func `a key that is withdrawn is dead within the hour`() async throws {
        #expect(try await problem(fixture.token()) == nil)
        await fixture.provider.publish([fixture.rsa.published])
        fixture.time.advance(by: .seconds(3599))
        #expect(try await problem(fixture.token()) == nil)
        fixture.time.advance(by: .seconds(1))
        #expect(try await problem(fixture.token()) == .unknownKey)
    }

    @Test func `known keys serve for a day while the provider publishes none`() async throws {
        #expect(try await problem(fixture.token()) == nil)
        await fixture.provider.answer(TestOpenIDProvider.keySetURL, TestOpenIDProvider.json("", status: 500))
        fixture.time.advance(by: .hours(2))
        #expect(try await problem(fixture.token()) == nil)
        #expect(try await problem(fixture.token().header("kid", "other".quoted)) == .failing(status: 500))
        #expect(await keyFetches == 2)
        fixture.time.advance(by: .hours(22))
        #expect(try await problem(fixture.token()) == .failing(status: 500))
    }

    @Test func `the discovery document is fetched daily`() async throws {
        #expect(try await problem(fixture.token()) == nil)
        fixture.time.advance(by: .hours(24) - .seconds(1))
        #expect(try await problem(fixture.token()) == nil)
        #expect(await discoveries == 1)
        fixture.time.advance(by: .seconds(1))
        #expect(try await problem(fixture.token()) == nil)
        #expect(await discoveries == 2)
    }

    @Test func `after a failure discovery waits 30 seconds`() async throws {
        await fixture.provider.goDown()
        for _ in 0..<5 { #expect(try await problem(fixture.token()) == .unreachable) }
        #expect(await discoveries == 1)
        await fixture.provider.goDown(false)
        fixture.time.advance(by: .seconds(29))
        #expect(try await problem(fixture.token()) == .unreachable)
        fixture.time.advance(by: .seconds(1))
        #expect(try await problem(fixture.token()) == nil)
        #expect(await discoveries == 2)
    }

    @Test func `an old document serves while the provider fails, not when it lies`() async throws {
        #expect(try await problem(fixture.token()) == nil)
        await fixture.provider.answer(TestOpenIDProvider.discoveryURL, TestOpenIDProvider.json("", status: 500))
        fixture.time.advance(by: .hours(25))
        #expect(try await problem(fixture.token()) == nil)
        await fixture.provider.answer(
            TestOpenIDProvider.discoveryURL,
            TestOpenIDProvider.json(TestOpenIDProvider.metadata.with("issuer", "https://evil.org".quoted).text))
        fixture.time.advance(by: .minutes(1))
        #expect(try await problem(fixture.token()) == .discoveryIssuerMismatch)
    }

    @Test func `one who gives up takes the answer from nobody`() async throws {
        let fixture = fixture
        await fixture.provider.answerToken(
            TestOpenIDProvider.json(TestOpenIDProvider.tokens(idToken: try fixture.token().text()).text))
        await fixture.provider.hold()
        let first = Task { try await fixture.exchange() }
        while await fixture.provider.gets.isEmpty { await Task.yield() }
        let second = Task { try await fixture.exchange() }
        first.cancel()
        await fixture.provider.release()
        _ = await first.result
        #expect(try await second.value.subject == TestIDToken.subject)
    }

    @Test func `one who gives up learns nothing of the provider`() async throws {
        let fixture = fixture
        #expect(try await problem(fixture.token()) == nil)
        await fixture.provider.hold()
        let gone = Task { try await fixture.exchange() }
        while await fixture.provider.posts.count < 2 { await Task.yield() }
        await fixture.provider.goDown()
        gone.cancel()
        await fixture.provider.release()
        await #expect(throws: CancellationError.self) { try await gone.value }
    }

    @Test func `the browser is sent to the provider with everything encoded`() async throws {
        let proofKey = try #require(ProofKey(verifier: OpenIDFixture.verifier))
        let url = try await fixture.client.authorizationURL(state: "s&t=1", nonce: "n+ é", proofKey: proofKey)
        #expect(
            url == "https://id.example.org/authorize?response_type=code&client_id=client-1"
                + "&redirect_uri=https%3A%2F%2Fapp.example.org%2Fv1%2Fauth%2Foauth%2Fexample%2Fcallback"
                + "&scope=openid%20email%20profile&state=s%26t%3D1&nonce=n%2B%20%C3%A9"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256")
        let hinted = try await fixture.client.authorizationURL(
            state: "s", nonce: "n", proofKey: proofKey, loginHint: "ann+1@example.org", prompt: .selectAccount)
        #expect(hinted.hasSuffix("&prompt=select_account&login_hint=ann%2B1%40example.org"))
        #expect(!hinted.contains(OpenIDFixture.verifier))
    }

    @Test func `a query of the provider's own stays`() async throws {
        let fixture = try OpenIDFixture(
            metadata: TestOpenIDProvider.metadata.with(
                "authorization_endpoint", "https://id.example.org/authorize?policy=b2c".quoted))
        let proofKey = try #require(ProofKey(verifier: OpenIDFixture.verifier))
        let url = try await fixture.client.authorizationURL(state: "s", nonce: "n", proofKey: proofKey)
        #expect(url.hasPrefix("https://id.example.org/authorize?policy=b2c&response_type=code&"))
    }
}
