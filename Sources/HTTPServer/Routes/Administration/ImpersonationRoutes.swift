import API
import Auth
import Core
import Hummingbird

/// Acting in somebody's name.
///
/// A browser has one session in its cookies at a time. While its administrator acts as somebody else, the refresh token of the
/// own session waits in a cookie of its own, unused; at the end it comes back, and the browser refreshes by it.
struct ImpersonationRoutes: Sendable {
    let accounts: Accounts
    let cookies: CookieNames

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(AdminUserEndpoints.impersonate, impersonate)
        try binder.signedIn(AdminUserEndpoints.endImpersonation, end)
    }

    @Sendable private func impersonate(
        _ call: Call<AdminUserPath, Nothing, ImpersonateRequest>, _ principal: Principal
    ) async throws -> Reply<OK<ImpersonationBody>> {
        let setAside = try settingAside(call.request, isCookie: call.context.credential.isCookie)
        let shown: @Sendable (Impersonation) -> Reply<OK<ImpersonationBody>> = { [cookies] begun in
            let tokens = SessionTokens(begun.tokens, cookies: cookies, isBrowser: call.request.isFromBrowser)
            let response = tokens.response
            let banner = ImpersonationBody.Banner(
                user: begun.user, impersonator: principal.user, expiresAt: begun.session.expiresAt)
            return Reply(
                OK(
                    ImpersonationBody(
                        user: UserBody(begun.user), accessToken: response.accessToken,
                        refreshToken: response.refreshToken, expiresIn: response.expiresIn, impersonation: banner))
            )
            .setting(cookies: setAside + tokens.cookies(device: nil))
        }
        return shown(
            try await accounts.impersonate(
                call.parameters.id, reason: call.body.reason.text, by: principal,
                deviceName: call.body.deviceName?.text, origin: call.origin, receipt: call.receipt(shown)))
    }

    /// The cookie in which the own refresh token waits, for as long as one may act.
    private func settingAside(_ request: Request, isCookie: Bool) throws -> [String] {
        guard isCookie, let own = try cookies.value(of: cookies.refresh, in: request) else { return [] }
        return [cookies.set(cookies.ownRefresh, to: own, for: Lifetimes.impersonation)]
    }

    @Sendable private func end(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        let own = try cookies.value(of: cookies.ownRefresh, in: call.request)
        try await accounts.endImpersonation(by: principal, origin: call.origin)
        guard call.context.credential.isCookie else { return Reply(NoContent()) }
        let refresh = own.map { cookies.set(cookies.refresh, to: $0, for: Lifetimes.idleSession) }
        return Reply(NoContent()).setting(cookies: [
            cookies.clear(cookies.access), refresh ?? cookies.clear(cookies.refresh), cookies.clear(cookies.ownRefresh),
        ])
    }
}
