import API
import Auth
import Core
import Hummingbird
import Logging

/// Signing in through providers, and the accounts there.
struct ProviderRoutes: Sendable {
    /// Where a browser goes when nothing came of it, with `?error=`.
    private static let signInPage = "/login"
    /// Where it goes when a second factor is wanted.
    private static let secondFactorPage = "/login/mfa"

    let accounts: Accounts
    let signIn: OpenIDSignIn
    let cookies: CookieNames
    let targets: RedirectTargets
    let time: TimeSource
    let logger: Logger

    func bind(to binder: inout Binder) throws {
        try binder.open(ProviderEndpoints.authorize, authorize)
        try binder.open(ProviderEndpoints.callback, finish)
        try binder.signedIn(ProviderEndpoints.identities, list)
        try binder.signedIn(ProviderEndpoints.removeIdentity, remove)
    }

    @Sendable private func authorize(
        _ call: Call<ProviderPath, AuthorizeQuery, Nothing>
    ) async throws -> Reply<Found> {
        let target = try targets.address(of: call.query.redirectTo)
        let start = try await signIn.start(provider: call.parameters.provider.text, target: target)
        return Reply(Found(start.url))
            .setting(cookies: [cookies.set(cookies.provider, to: start.browserToken, for: OpenIDSignIn.lifetime)])
    }

    /// A browser is on its way: it is sent on whatever happened.
    @Sendable private func finish(
        _ call: Call<ProviderPath, ProviderCallbackQuery, Nothing>
    ) async throws -> Reply<Found> {
        let reply = SignInReply(cookies: cookies, request: call.request, time: time)
        let browserToken = try cookies.value(of: cookies.provider, in: call.request)
        do {
            let (outcome, target) = try await signIn.finish(
                provider: call.parameters.provider.text, OpenIDSignIn.Callback(call.query), browserToken: browserToken,
                on: try cookies.device(of: call.request, named: nil), origin: call.origin)
            let ended = [cookies.clear(cookies.provider)]
            switch outcome {
            case .signedIn(let outcome):
                return reply.redirect(outcome, to: target, forSecondFactor: targets.base + Self.secondFactorPage)
                    .setting(cookies: ended)
            case .signInToLink(let pending):
                let waiting = cookies.set(cookies.link, to: pending, for: OpenIDSignIn.linkLifetime)
                return refused("account_exists").setting(cookies: ended + [waiting])
            }
        } catch AuthError.notFound {
            throw AuthError.notFound
        } catch let problem as OpenIDProblem {
            logger.warning(
                "sign-in at a provider failed",
                metadata: ["provider": "\(call.parameters.provider.text)", "reason": "\(problem)"])
            return refused(problem.kind == .refused ? "provider_refused" : "provider_failed")
        } catch let error as AuthError {
            guard let code = Self.codes(error) else { throw error }
            return refused(code)
        }
    }

    private static func codes(_ error: AuthError) -> String? {
        switch error {
        case .challengeExpired: "challenge_expired"
        case .signInDeclined: "access_denied"
        case .emailNotVerified: "email_not_verified"
        case .accountSuspended: "account_suspended"
        // The account is about to be purged.
        case .invalidCredentials: "invalid_credentials"
        default: nil
        }
    }

    private func refused(_ code: String) -> Reply<Found> {
        Reply(Found("\(targets.base)\(Self.signInPage)?error=\(code)"))
    }

    @Sendable private func list(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<IdentityBody>>> {
        let identities = try await accounts.listIdentities(of: principal)
        return Reply(OK(List(identities.map(IdentityBody.init))))
    }

    @Sendable private func remove(
        _ call: Call<IdentityParameters, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.removeIdentity(call.parameters.id, of: principal, origin: call.origin)
        return Reply(NoContent())
    }
}

extension OpenIDSignIn.Callback {
    fileprivate init(_ query: ProviderCallbackQuery) {
        self.init(
            code: query.code?.text, state: query.state?.text, issuer: query.iss?.text, error: query.error?.text)
    }
}
