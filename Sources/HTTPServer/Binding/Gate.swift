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

    /// The principal of an endpoint that wants one, in one round trip.
    func principal(of context: PlinthRequestContext, for traits: EndpointTraits) async throws -> Principal {
        let principal =
            if case .apiKey(let secret, _) = context.credential {
                try await self.principal(of: secret, for: traits)
            } else {
                try await accounts.authenticate(try claims(of: context))
            }
        if !traits.admitsPendingDeletion { try principal.requireActive() }
        if traits.authentication == .superuser { try principal.requireAdministrator() }
        if principal.needsTouch { touches.note(principal) }
        return principal
    }

    /// The principal of an API key, which may call only what it was made for. Whether the person may do it to what is asked
    /// for is decided where that is known.
    private func principal(of secret: APIKeySecret, for traits: EndpointTraits) async throws -> Principal {
        let principal = try await accounts.authenticate(secret)
        guard case .permitted(let permission) = traits.authentication,
            principal.scopes?.permissions.contains(permission) == true
        else { throw ProblemError(.forbidden) }
        return principal
    }

    /// Refuses who shows no credential to an endpoint that wants one, before anything of the request is read.
    func requireCredential(of context: PlinthRequestContext, for traits: EndpointTraits) throws {
        guard traits.isProtected else { return }
        if case .apiKey = context.credential { return }
        _ = try claims(of: context)
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
