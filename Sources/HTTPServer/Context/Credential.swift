import Auth
import Core
import HTTPTypes
import Hummingbird

/// What a request shows to say who asks. An access token only names a session; whether that lives is asked later.
enum Credential: Sendable {
    case none
    case bearer(AccessClaims)
    case cookie(AccessClaims)
    /// Whether there is such a key is asked later; only one whose tag is ours is counted by itself.
    case apiKey(APIKeySecret, isTagged: Bool)
    /// The same of a team's.
    case teamKey(TeamAPIKeySecret, isTagged: Bool)
    /// Something that is no valid access token.
    case invalid

    var claims: AccessClaims? {
        switch self {
        case .bearer(let claims), .cookie(let claims): claims
        case .none, .apiKey, .teamKey, .invalid: nil
        }
    }

    /// Whom requests are counted and told apart by: `user:<id>` or `key:<id>`; nil for nobody who could be named.
    var principal: String? {
        switch self {
        case .bearer(let claims), .cookie(let claims): "user:\(claims.userID)"
        case .apiKey(_, isTagged: true), .teamKey(_, isTagged: true): key
        case .apiKey, .teamKey, .none, .invalid: nil
        }
    }

    /// What an API key says it is, `key:<id>`, whoever made it; nil for anything else.
    var key: String? {
        switch self {
        case .apiKey(let secret, _): "key:\(secret.keyID)"
        case .teamKey(let secret, _): "key:\(secret.keyID)"
        case .bearer, .cookie, .none, .invalid: nil
        }
    }

    var isCookie: Bool {
        if case .cookie = self { true } else { false }
    }
}

/// Reads the credential of a request.
struct CredentialReader: Sendable {
    let verifier: AccessTokenVerifier
    let masterKeys: MasterKeys
    let cookies: CookieNames
    let time: TimeSource

    /// - Throws: ``ProblemError`` for a request with the same auth cookie twice; what reading signing keys throws.
    func credential(of request: Request) async throws -> Credential {
        let token = try cookies.value(of: cookies.access, in: request)
        _ = try cookies.value(of: cookies.refresh, in: request)
        let authorizations = request.headers[values: .authorization]
        if let authorization = authorizations.first {
            guard authorizations.count == 1, let token = Self.bearerToken(authorization) else { return .invalid }
            if token.utf8.starts(with: APIKeySecret.prefix.utf8) {
                return APIKeySecret(token).map { .apiKey($0, isTagged: $0.isAuthentic(masterKeys)) } ?? .invalid
            }
            if token.utf8.starts(with: TeamAPIKeySecret.prefix.utf8) {
                return TeamAPIKeySecret(token).map { .teamKey($0, isTagged: $0.isAuthentic(masterKeys)) } ?? .invalid
            }
            return try await verify(token).map { .bearer($0) } ?? .invalid
        }
        guard let token else { return .none }
        return try await verify(token).map { .cookie($0) } ?? .invalid
    }

    /// - Returns: nil for what is no valid token. That the keys can't be read is no fault of the token's, and is thrown.
    private func verify(_ token: String) async throws -> AccessClaims? {
        do {
            return try await verifier.verifyReloading(token, now: time.now())
        } catch is AccessTokenProblem {
            return nil
        }
    }

    /// The token after `Bearer`, whose case does not matter (RFC 9110, section 11.1). Cut by bytes: by characters, a
    /// combining mark after the space would be cut off with it.
    private static func bearerToken(_ authorization: String) -> String? {
        let scheme = authorization.utf8.prefix(7)
        guard scheme.count == 7, zip(scheme, "bearer ".utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        return String(decoding: authorization.utf8.dropFirst(7), as: UTF8.self)
    }
}
