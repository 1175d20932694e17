import Core
import Fakes
import Persistence

@testable import Auth

/// An installation whose people may sign in through a provider, and the browsers they do it with.
struct OpenIDSignInFixture {
    struct Malformed: Error {}

    let fixture: AccountsFixture
    let key = TestOpenIDKey.ec()
    let provider: TestOpenIDProvider
    let signIns: OpenIDSignIn

    init(requiresVerifiedEmail: Bool = true, metadata: RawObject = TestOpenIDProvider.metadata) async throws {
        fixture = try await AccountsFixture(requiresVerifiedEmail: requiresVerifiedEmail)
        (provider, signIns) = try Self.instance(fixture, key: key, metadata: metadata)
    }

    /// Another server instance of the same installation, with the provider as it sees it.
    func instance() throws -> (provider: TestOpenIDProvider, signIns: OpenIDSignIn) {
        try Self.instance(fixture, key: key)
    }

    private static func instance(
        _ fixture: AccountsFixture, key: TestOpenIDKey, metadata: RawObject = TestOpenIDProvider.metadata
    ) throws -> (TestOpenIDProvider, OpenIDSignIn) {
        let provider = TestOpenIDProvider(metadata: metadata, keys: [key.published])
        let clients = try ["example", "other"].map { name in
            OpenIDClient(
                settings: try OpenIDProviderSettings(
                    name: name, issuer: TestIDToken.issuer, clientID: TestIDToken.clientID,
                    clientSecret: Secret("s3cret"), redirectURI: "https://app.example.com/oauth/\(name)/callback"),
                transport: provider, time: fixture.time.source)
        }
        return (provider, OpenIDSignIn(accounts: fixture.accounts, clients: clients))
    }

    /// A sign-in that was begun in a browser.
    struct Attempt: Sendable {
        let state: String
        let nonce: String
        let browserToken: String
    }

    func start(
        _ signIns: OpenIDSignIn? = nil, provider: String = "example", target: String = "/teams"
    ) async throws -> Attempt {
        let start = try await (signIns ?? self.signIns).start(provider: provider, target: target)
        return Attempt(
            state: try Self.field("state", of: start.url), nonce: try Self.field("nonce", of: start.url),
            browserToken: start.browserToken)
    }

    /// What the provider hands out for a sign-in, from now on.
    func hand(
        out attempt: Attempt, by provider: TestOpenIDProvider? = nil, _ change: (TestIDToken) -> TestIDToken = { $0 }
    ) async throws {
        let right = TestIDToken(key: key, now: fixture.time.now).claim("nonce", attempt.nonce.quoted)
        let tokens = TestOpenIDProvider.tokens(idToken: try change(right).text())
        await (provider ?? self.provider).answerToken(TestOpenIDProvider.json(tokens.text))
    }

    /// Comes back from the provider.
    func finish(
        _ attempt: Attempt, _ signIns: OpenIDSignIn? = nil, on device: SignInDevice = .unknown
    ) async throws -> OpenIDOutcome {
        try await (signIns ?? self.signIns).finish(
            provider: "example", Self.callback(attempt.state), browserToken: attempt.browserToken, on: device,
            origin: AccountsFixture.origin
        ).outcome
    }

    /// The whole way of somebody who is at the provider what the claims say.
    func come(
        on device: SignInDevice = .unknown, _ change: (TestIDToken) -> TestIDToken = { $0 }
    ) async throws -> OpenIDOutcome {
        let attempt = try await start()
        try await hand(out: attempt, change)
        return try await finish(attempt, on: device)
    }

    static func callback(
        _ state: String?, code: String? = "c1", issuer: String? = nil, error: String? = nil
    ) -> OpenIDSignIn.Callback {
        OpenIDSignIn.Callback(code: code, state: state, issuer: issuer, error: error)
    }

    /// The account with the address that the provider tells.
    func ann() async throws -> User? {
        try await fixture.store.users.find(emailKey: "ann@example.org")
    }

    /// An account of that address, opened by its person.
    func addAnn() async throws -> User {
        try await fixture.addUser("ann@example.org")
    }

    func identities(of user: User) async throws -> [LinkedIdentity] {
        try await fixture.store.identities.list(of: user.id)
    }

    private static func field(_ name: String, of url: String) throws -> String {
        let fields = url.split(separator: "?").dropFirst().first?.split(separator: "&") ?? []
        guard let field = fields.first(where: { $0.hasPrefix("\(name)=") }) else { throw Malformed() }
        return String(field.dropFirst(name.count + 1))
    }
}

extension OpenIDOutcome {
    func signedIn() throws -> SignInResult {
        guard case .signedIn(let outcome) = self else { throw SignInOutcome.Unexpected() }
        return try outcome.signedIn()
    }

    func request() throws -> SecondFactorRequest {
        guard case .signedIn(let outcome) = self else { throw SignInOutcome.Unexpected() }
        return try outcome.request()
    }

    func pendingLink() throws -> String {
        guard case .signInToLink(let pending) = self else { throw SignInOutcome.Unexpected() }
        return pending
    }
}
