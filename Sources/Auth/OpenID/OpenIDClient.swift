public import Core

/// Signs people in through one provider (OpenID Connect Core, code flow with PKCE). It holds what the provider
/// publishes, so there is one of it for a provider in a process.
///
/// The caller keeps state, nonce and proof key bound to the browser until the callback, compares the state itself and
/// uses all three once.
public struct OpenIDClient: Sendable {
    /// How long a discovery document is good, and how long while the provider does not answer.
    static let metadataLifetimes: (usual: Duration, longest: Duration) = (.hours(24), .hours(48))
    /// The same of keys: one that is withdrawn is dead here within the hour.
    static let keyLifetimes: (usual: Duration, longest: Duration) = (.hours(1), .hours(24))

    public let settings: OpenIDProviderSettings
    private let exchange: OpenIDCodeExchange
    private let userInfo: OpenIDUserInfo
    private let metadata: OpenIDDocument<OpenIDMetadata>
    private let keys: OpenIDDocument<OpenIDKeySet>

    public init(settings: OpenIDProviderSettings, transport: any OpenIDTransport, time: TimeSource) {
        self.settings = settings
        exchange = OpenIDCodeExchange(settings: settings, transport: transport)
        userInfo = OpenIDUserInfo(transport: transport)
        let metadata = OpenIDDocument<OpenIDMetadata>(
            lifetime: Self.metadataLifetimes.usual, longestLifetime: Self.metadataLifetimes.longest, time: time
        ) { () async throws(OpenIDProblem) in
            let issuer = settings.issuer
            guard let url = OpenIDMetadata.url(issuer: issuer, allowsLoopback: settings.allowsLoopback) else {
                throw .insecureEndpoint
            }
            return try OpenIDMetadata(try await transport.members(at: url), settings: settings)
        }
        self.metadata = metadata
        keys = OpenIDDocument<OpenIDKeySet>(
            lifetime: Self.keyLifetimes.usual, longestLifetime: Self.keyLifetimes.longest, time: time
        ) { () async throws(OpenIDProblem) in
            let url = try await metadata.current().value.keySetURL
            return try OpenIDKeySet(
                try await transport.members(at: url, ofType: ["application/json", "application/jwk-set+json"]))
        }
    }

    /// Where to send the browser.
    /// - Parameters:
    ///   - state: At least 128 random bits, compared in the callback.
    ///   - nonce: At least 128 random bits, of which the ID token must be proof.
    ///   - loginHint: The address that the person is expected to sign in with.
    /// - Throws: ``OpenIDProblem``; `CancellationError`.
    public func authorizationURL(
        state: String, nonce: String, proofKey: ProofKey, loginHint: String? = nil, prompt: OpenIDPrompt? = nil
    ) async throws -> String {
        try await cancellable { () async throws(OpenIDProblem) in
            let request = OpenIDAuthorizationRequest(
                state: state, nonce: nonce, proofKey: proofKey, loginHint: loginHint, prompt: prompt)
            return request.url(at: try await metadata.current().value.authorizationEndpoint, settings: settings)
        }
    }

    /// Who the person is that came back with `code`. The code is spent, whatever comes of it.
    ///
    /// Where the ID token tells no address, UserInfo is asked for it. One that fails only leaves the address out: who it
    /// is follows from the ID token.
    /// - Parameters:
    ///   - callbackIssuer: `iss` of the callback (RFC 9207). One that is there must be right, announced or not.
    ///   - nonce: The one of the authorization request; so is the proof key.
    ///   - now: When the callback came.
    /// - Throws: ``OpenIDProblem``; `CancellationError`.
    public func identity(
        code: String, callbackIssuer: String?, nonce: String, proofKey: ProofKey, now: Timestamp
    ) async throws -> OpenIDIdentity {
        try await arrival(
            code: code, callbackIssuer: callbackIssuer, nonce: nonce, proofKey: proofKey, now: now
        ) { _ in true }.identity
    }

    /// Who came back, as ``identity(code:callbackIssuer:nonce:proofKey:now:)`` tells.
    /// - Parameter needsEmail: Asked where the ID token tells no address; false spares UserInfo.
    func arrival(
        code: String, callbackIssuer: String?, nonce: String, proofKey: ProofKey, now: Timestamp,
        needsEmail: (OpenIDIdentity) async throws -> Bool
    ) async throws -> OpenIDArrival {
        let (idToken, accessToken, endpoint) = try await exchanged(
            code: code, callbackIssuer: callbackIssuer, nonce: nonce, proofKey: proofKey, now: now)
        let identity = idToken.identity
        guard idToken.lacksEmail, let endpoint, let bearerToken = BearerToken(accessToken),
            try await needsEmail(identity)
        else { return OpenIDArrival(identity: identity) }
        do throws(OpenIDProblem) {
            let claims = try await userInfo.claims(of: idToken.subject, at: endpoint, bearerToken: bearerToken)
            return OpenIDArrival(identity: claims.map { idToken.identity(with: $0) } ?? identity)
        } catch {
            try Task.checkCancellation()
            return OpenIDArrival(identity: identity, emailProblem: error)
        }
    }

    private func exchanged(
        code: String, callbackIssuer: String?, nonce: String, proofKey: ProofKey, now: Timestamp
    ) async throws -> (idToken: VerifiedIDToken, accessToken: String, userInfo: ProviderURL?) {
        try await cancellable { () async throws(OpenIDProblem) in
            let metadata = try await metadata.current().value
            // Before the code goes anywhere: it may be another provider's.
            try check(callbackIssuer: callbackIssuer, metadata)
            let tokens = try await exchange.tokens(code: code, proofKey: proofKey, metadata: metadata)
            let verifier = IDTokenVerifier(
                issuer: settings.issuer, clientID: settings.clientID, algorithms: metadata.algorithms)
            func verified(keys: OpenIDKeySet) throws(OpenIDProblem) -> VerifiedIDToken {
                try verifier.verify(
                    tokens.idToken, keys: keys, nonce: nonce, accessToken: tokens.accessToken, now: now)
            }
            let held = try await keys.current()
            do throws(OpenIDProblem) {
                return (try verified(keys: held.value), tokens.accessToken, metadata.userInfoEndpoint)
            } catch .unknownKey {
                guard let newer = try await keys.newer(than: held) else { throw .unknownKey }
                return (try verified(keys: newer.value), tokens.accessToken, metadata.userInfoEndpoint)
            }
        }
    }

    private func check(callbackIssuer: String?, _ metadata: OpenIDMetadata) throws(OpenIDProblem) {
        guard let callbackIssuer else {
            if metadata.namesIssuerInCallback { throw .callbackIssuerMissing }
            return
        }
        guard callbackIssuer.isExactly(settings.issuer) else { throw .callbackIssuerMismatch }
    }

    /// A provider that could not be reached because nobody waits any more is no news of the provider.
    private func cancellable<Value>(_ work: () async throws(OpenIDProblem) -> Value) async throws -> Value {
        do throws(OpenIDProblem) {
            return try await work()
        } catch {
            if error == .unreachable { try Task.checkCancellation() }
            throw error
        }
    }
}

/// Somebody who came back from a provider.
struct OpenIDArrival: Sendable {
    let identity: OpenIDIdentity
    /// Why UserInfo, which was asked, told no address.
    var emailProblem: OpenIDProblem?
}
