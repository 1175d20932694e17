import API
import Auth
import Core
import HTTPTypes
import Hummingbird

/// Signing up, in and out.
struct AuthRoutes: Sendable {
    let accounts: Accounts
    let keys: SigningKeyRing
    let cookies: CookieNames
    let settings: HTTPSettings
    let time: TimeSource
    let gate: Gate
    /// The names of the providers that people may sign in with.
    let providers: [String]

    func bind(to binder: inout Binder) throws {
        try binder.open(AuthEndpoints.register, register)
        try binder.open(AuthEndpoints.login, login)
        try binder.open(AuthEndpoints.refresh, refresh)
        try binder.open(AuthEndpoints.logout, logout)
        try binder.open(AuthEndpoints.verifyMFA, verifyMFA)
        try binder.signedIn(AuthEndpoints.reauthenticate, reauthenticate)
        try binder.open(AuthEndpoints.settings, showSettings)
        try binder.open(AuthEndpoints.keys, showKeys)
    }

    private typealias RegistrationReply = Reply<Either<Accepted<VerificationSentResponse>, Created<LoginResponse>>>

    @Sendable private func register(
        _ call: Call<Nothing, Nothing, RegisterRequest>
    ) async throws -> RegistrationReply {
        let registration = Registration(
            email: call.body.email, firstName: call.body.firstName, lastName: call.body.lastName,
            language: call.body.locale ?? call.request.language, timeZone: call.body.timeZone ?? .utc,
            termsVersion: call.body.termsVersion?.text)
        let reply: @Sendable (RegistrationOutcome) -> RegistrationReply = { [cookies] outcome in
            switch outcome {
            case .verificationSent:
                return Reply(.first(Accepted(VerificationSentResponse())))
            case .signedIn(let result):
                let tokens = SessionTokens(result.tokens, cookies: cookies, isBrowser: call.request.isFromBrowser)
                return Reply(
                    .second(Created(tokens.login(result.user), location: UserEndpoints.me.traits.path.description))
                )
                .setting(cookies: tokens.cookies(device: result.device))
            }
        }
        return reply(
            try await accounts.register(
                registration, password: call.body.password.text, invitation: call.body.invitationToken?.text,
                origin: call.origin, receipt: call.receipt(reply)))
    }

    @Sendable private func login(_ call: Call<Nothing, Nothing, LoginRequest>) async throws -> Reply<SignedIn> {
        let device = try cookies.device(of: call.request, named: call.body.deviceName)
        let reply = SignInReply(cookies: cookies, request: call.request, time: time)
        return reply.outcome(
            try await accounts.signIn(
                call.body.email, password: call.body.password.text, on: device, origin: call.origin,
                receipt: call.receipt(reply.outcome)))
    }

    @Sendable private func verifyMFA(
        _ call: Call<Nothing, Nothing, MFAVerifyRequest>
    ) async throws -> Reply<OK<LoginResponse>> {
        let answer = try SecondFactorAnswer(
            code: call.body.code, recoveryCode: call.body.recoveryCode, passkey: call.body.passkey)
        let cookie = call.body.mfaToken == nil ? try cookies.value(of: cookies.secondFactor, in: call.request) : nil
        if cookie != nil { try gate.requireOwnOrigin(of: call.request) }
        guard let token = call.body.mfaToken?.text ?? cookie else {
            throw ProblemError(.validationFailed, errors: [ValidationError(pointer: "/mfa_token", .required)])
        }
        let reply = SignInReply(cookies: cookies, request: call.request, time: time)
        return reply.result(
            try await accounts.verifySecondFactor(
                answer, token: token, pendingLink: try cookies.value(of: cookies.link, in: call.request),
                origin: call.origin, receipt: call.receipt(reply.result)))
    }

    @Sendable private func reauthenticate(
        _ call: Call<Nothing, Nothing, ReauthenticateRequest>, _ principal: Principal
    ) async throws -> Reply<OK<ReauthenticateResponse>> {
        let reply: @Sendable (Timestamp) -> Reply<OK<ReauthenticateResponse>> = { until in
            Reply(OK(ReauthenticateResponse(freshUntil: until)))
        }
        guard let password = call.body.password else {
            let answer = try SecondFactorAnswer(
                code: call.body.code, recoveryCode: call.body.recoveryCode, passkey: call.body.passkey)
            return reply(
                try await accounts.reauthenticate(
                    principal, by: answer, origin: call.origin, receipt: call.receipt(reply)))
        }
        guard call.body.code == nil, call.body.recoveryCode == nil, call.body.passkey == nil else {
            throw ProblemError(.validationFailed, errors: [ValidationError(pointer: "/password", .notTogether)])
        }
        return reply(
            try await accounts.reauthenticate(
                principal, password: password.text, origin: call.origin, receipt: call.receipt(reply)))
    }

    @Sendable private func refresh(
        _ call: Call<Nothing, Nothing, RefreshRequest>
    ) async throws -> Reply<OK<TokenResponse>> {
        let cookie = call.body.refreshToken == nil ? try cookies.value(of: cookies.refresh, in: call.request) : nil
        if cookie != nil { try gate.requireOwnOrigin(of: call.request) }
        guard let token = call.body.refreshToken?.text ?? cookie else { throw AuthError.refreshInvalid }
        let reply: @Sendable (RefreshResult) -> Reply<OK<TokenResponse>> = { [cookies] result in
            let tokens = SessionTokens(result.tokens, cookies: cookies, isBrowser: call.request.isFromBrowser)
            return Reply(OK(tokens.response)).setting(cookies: tokens.cookies(device: nil))
        }
        return reply(try await accounts.refreshSession(token, origin: call.origin, receipt: call.receipt(reply)))
    }

    @Sendable private func logout(
        _ call: Call<Nothing, LogoutQuery, Nothing>
    ) async throws -> Reply<NoContent> {
        let scope = call.query.scope.flatMap { SignOutScope(rawValue: $0.rawValue) } ?? .local
        let done = signedOut(scope)
        // A browser whose access token has run out signs out here by what it has left.
        if case .none = call.context.credential, scope == .local,
            let token = try cookies.value(of: cookies.refresh, in: call.request)
        {
            try gate.requireOwnOrigin(of: call.request)
            try await accounts.signOut(refreshToken: token, origin: call.origin)
            return done
        }
        let principal = try await gate.principal(of: call.context, for: AuthEndpoints.logout.traits)
        try await accounts.signOut(principal, scope: scope, origin: call.origin, receipt: call.receipt { done })
        return done
    }

    private func signedOut(_ scope: SignOutScope) -> Reply<NoContent> {
        guard scope != .others else { return Reply(NoContent()) }
        return Reply(NoContent()).setting(cookies: [cookies.clear(cookies.access), cookies.clear(cookies.refresh)])
            .with(.clearSiteData, #""cache", "storage""#)
    }

    @Sendable private func showSettings(
        _ call: Call<Nothing, Nothing, Nothing>
    ) async throws -> Reply<OK<AuthSettingsBody>> {
        let password = AuthSettingsBody.PasswordRules(
            minLength: accounts.passwordPolicy.minimumLength, maxLength: PasswordPolicy.maximumLength)
        let verification: AuthSettingsBody.EmailVerification = settings.requiresVerifiedEmail ? .required : .off
        let passkeys: [AuthSettingsBody.Method] = accounts.offersPasskeys ? [.passkey] : []
        return Reply(
            OK(
                AuthSettingsBody(
                    registration: true, emailVerification: verification, methods: [.password, .magicLink] + passkeys,
                    providers: providers, password: password)))
    }

    @Sendable private func showKeys(_ call: Call<Nothing, Nothing, Nothing>) async throws -> Reply<OK<JWKSBody>> {
        let published = keys.keys.published(at: time.now())
        return Reply(OK(JWKSBody(keys: published.map { JWKSBody.Key(kid: $0.kid, x: $0.x, y: $0.y) })))
            .with(.cacheControl, "public, max-age=300")
    }
}
