public import Core
import Crypto
import Foundation
import Persistence

/// Signs people in through providers (OpenID Connect), and opens accounts for those who have none.
///
/// Between the two steps nothing is kept here: what the provider has to bring back is sealed in `state`, and works once and
/// only in the browser that holds the token of the start.
public struct OpenIDSignIn: Sendable {
    /// How long a person may take at the provider.
    public static let lifetime: Duration = .minutes(10)
    /// How long an account at a provider waits for its person to sign in.
    public static let linkLifetime = PendingLink.lifetime
    private static let randomLength = 32  // bytes

    private let accounts: Accounts
    private let clients: [String: OpenIDClient]

    /// - Parameter clients: One for each provider, of different names.
    public init(accounts: Accounts, clients: [OpenIDClient]) {
        self.accounts = accounts
        self.clients = Dictionary(clients.map { ($0.settings.name, $0) }) { first, _ in first }
    }

    /// The names of the providers, in order.
    public var providers: [String] { clients.keys.sorted() }

    /// Where to send the browser, and what it has to keep until it comes back.
    public struct Start: Sendable {
        public let url: String
        /// For a cookie that scripts can't read, for ``OpenIDSignIn/lifetime``. A secret.
        public let browserToken: String
    }

    /// Begins a sign-in.
    /// - Parameter target: Where the person wants to go afterwards, checked by the caller; comes back in the outcome.
    /// - Throws: ``AuthError/notFound`` for an unknown provider; ``OpenIDProblem``.
    public func start(provider: String, target: String) async throws -> Start {
        guard let client = clients[provider] else { throw AuthError.notFound }
        let randomness = accounts.randomness
        let browserToken = Base64URL.encode(randomness.bytes(Self.randomLength))
        let nonce = Base64URL.encode(randomness.bytes(Self.randomLength))
        let proofKey = ProofKey.make(randomness: randomness)
        let attempt = OpenIDAttempt(
            provider: provider, browser: OpenIDAttempt.mark(of: browserToken), nonce: nonce,
            verifier: proofKey.verifier, target: target)
        let state = try accounts.challenges.seal(attempt, for: .openID, until: accounts.time.now() + Self.lifetime)
        return Start(
            url: try await client.authorizationURL(state: state, nonce: nonce, proofKey: proofKey),
            browserToken: browserToken)
    }

    /// What a provider sent a browser back with.
    public struct Callback: Sendable {
        public let code: String?
        public let state: String?
        /// Who says it comes from there (RFC 9207).
        public let issuer: String?
        /// Why nothing came of it (RFC 6749, section 4.1.2.1).
        public let error: String?

        public init(code: String?, state: String?, issuer: String?, error: String?) {
            self.code = code
            self.state = state
            self.issuer = issuer
            self.error = error
        }
    }

    /// Ends a sign-in with what the provider sent the browser back with.
    /// - Parameter browserToken: What the browser kept since the start.
    /// - Throws: ``AuthError/challengeExpired`` for a state that is none of ours, used, too old or of another browser;
    ///   ``AuthError/signInDeclined`` where the person or the provider said no; ``AuthError/emailNotVerified`` where the
    ///   provider does not vouch for the address of a new person; ``AuthError/accountSuspended``; ``OpenIDProblem``, for a
    ///   new person also where UserInfo failed to tell the address.
    public func finish(
        provider: String, _ callback: Callback, browserToken: String?, on device: SignInDevice, origin: RequestOrigin
    ) async throws -> (outcome: OpenIDOutcome, target: String) {
        let now = accounts.time.now()
        guard let client = clients[provider] else { throw AuthError.notFound }
        let challenge = try attempt(in: callback.state, at: now)
        let attempt = challenge.content
        guard attempt.provider == provider, let browserToken,
            ConstantTime.equal(OpenIDAttempt.mark(of: browserToken).utf8, attempt.browser.utf8),
            let proofKey = ProofKey(verifier: attempt.verifier)
        else { throw AuthError.challengeExpired }
        guard callback.error == nil, let code = callback.code else { throw AuthError.signInDeclined }
        let arrival = try await client.arrival(
            code: code, callbackIssuer: callback.issuer, nonce: attempt.nonce, proofKey: proofKey, now: now
        ) { try await !accounts.isLinked($0) }
        do {
            let outcome = try await accounts.signIn(
                arrival.identity, provider: provider, spending: challenge, on: device, origin: origin)
            return (outcome, attempt.target)
        } catch AuthError.emailNotVerified {
            if let problem = arrival.emailProblem { throw problem }
            throw AuthError.emailNotVerified
        }
    }

    private func attempt(in state: String?, at now: Timestamp) throws -> Challenges.Opened<OpenIDAttempt> {
        do {
            return try accounts.challenges.open(state ?? "", for: .openID, at: now)
        } catch {
            throw AuthError.challengeExpired
        }
    }
}

/// What came of a person's sign-in at a provider.
public enum OpenIDOutcome: Sendable {
    case signedIn(SignInOutcome)
    /// An account has the address already, and its person did not sign in with this provider before: to be handed to the
    /// browser, and back as ``SignInDevice/pendingLink`` when they sign in to that account.
    case signInToLink(String)
}

/// A sign-in that is under way at a provider, sealed in its `state`.
struct OpenIDAttempt: Codable, Sendable {
    let provider: String
    /// Of the browser's token, its hash.
    let browser: String
    let nonce: String
    /// Of the proof key.
    let verifier: String
    let target: String

    static func mark(of browserToken: String) -> String {
        HexDigits.encode(SHA256.hash(data: Array(browserToken.utf8)))
    }
}
