import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import Logging

/// Who may pass: signed in, and not sent by another site.
struct Gate: Sendable {
    let accounts: Accounts
    let touches: SessionTouches
    /// Our own origin and those on the CORS list.
    let origins: Set<String>

    /// The person of an endpoint that wants one, in one round trip. A key of a team is nobody's.
    func principal(of context: PlinthRequestContext, for traits: EndpointTraits) async throws -> Principal {
        let principal =
            switch context.credential {
            case .apiKey(let secret, _): try await self.principal(of: secret, for: traits)
            case .teamKey(let secret, _):
                throw try await refusal(of: secret)
            case .bearer, .cookie, .none, .invalid: try await accounts.authenticate(try claims(of: context))
            }
        if !traits.admitsPendingDeletion { try principal.requireActive() }
        if traits.authentication == .superuser { try principal.requireAdministrator() }
        if principal.needsTouch { touches.note(principal) }
        return principal
    }

    /// The same where a key of a team may ask, too.
    func teamPrincipal(
        of context: PlinthRequestContext, for traits: EndpointTraits
    ) async throws -> any TeamPrincipal {
        guard case .teamKey(let secret, _) = context.credential else {
            return try await principal(of: context, for: traits)
        }
        let used = try await accounts.authenticate(secret)
        let principal = used.principal
        try require(principal.key.scopes, for: traits)
        guard used.admits(context.clientAddress) else { throw ProblemError(.addressNotAllowed) }
        if principal.needsTouch { touches.note(principal, from: context.clientAddress) }
        return principal
    }

    /// Why an endpoint for people refuses a key of a team: it is none, or it is, and may not.
    private func refusal(of secret: TeamAPIKeySecret) async throws -> ProblemError {
        _ = try await accounts.authenticate(secret)
        return ProblemError(.forbidden)
    }

    /// The principal of an API key, which may call only what it was made for. Whether the person may do it to what is asked
    /// for is decided where that is known.
    private func principal(of secret: APIKeySecret, for traits: EndpointTraits) async throws -> Principal {
        let principal = try await accounts.authenticate(secret)
        try require(principal.scopes, for: traits)
        return principal
    }

    /// Refuses a key that was not made for what is called.
    private func require(_ scopes: Scopes?, for traits: EndpointTraits) throws {
        guard case .permitted(let permission) = traits.authentication,
            scopes?.permissions.contains(permission) == true
        else { throw ProblemError(.forbidden) }
    }

    /// Refuses who shows no credential to an endpoint that wants one, before anything of the request is read.
    func requireCredential(of context: PlinthRequestContext, for traits: EndpointTraits) throws {
        guard traits.isProtected else { return }
        switch context.credential {
        case .apiKey, .teamKey: break
        case .bearer, .cookie, .none, .invalid: _ = try claims(of: context)
        }
    }

    private func claims(of context: PlinthRequestContext) throws -> AccessClaims {
        if let claims = context.credential.claims { return claims }
        if case .invalid = context.credential {
            throw ProblemError(.unauthenticated, headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
        }
        throw ProblemError(.unauthenticated)
    }

    /// Refuses unsafe requests that another site may have caused: those whose credential is a cookie.
    func checkOrigin(of request: Request, context: PlinthRequestContext, for traits: EndpointTraits) throws {
        guard !traits.method.isSafe, traits.authentication != .none, context.credential.isCookie else { return }
        try requireOwnOrigin(of: request)
    }

    /// Refuses a request that another site may have caused (OWASP: verifying origin with standard headers).
    func requireOwnOrigin(of request: Request) throws {
        if request.headers[.secFetchSite] == "same-origin" { return }
        guard let origin = request.headers[.origin], origins.contains(origin) else {
            throw ProblemError(.csrfFailed)
        }
    }
}

extension EndpointTraits {
    /// Whether only somebody who is signed in may call it.
    var isProtected: Bool { authentication.isRequired }
}
