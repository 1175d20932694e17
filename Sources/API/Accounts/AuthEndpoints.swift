/// A sign-in whose first factor was right: done, or in want of a second one.
public typealias SignedIn = Either<OK<LoginResponse>, OK<MFARequiredResponse>>

/// Signing up, in and out.
public enum AuthEndpoints {
    /// 202 whether or not the address is free; 201 only where an invitation proves it or verification is off.
    public static let register = Endpoint<
        Nothing, Nothing, RegisterRequest, Either<Accepted<VerificationSentResponse>, Created<LoginResponse>>
    >(
        .post, "/api/v1/auth/register", id: "register", tag: "auth", summary: "Opens an account.",
        authentication: .none, errors: [.emailTaken, .registrationClosed, .invalidToken]
    ) {
        $0.bodyLimit = .authentication
        $0.carriesCredentials = true
    }

    public static let login = Endpoint<Nothing, Nothing, LoginRequest, SignedIn>(
        .post, "/api/v1/auth/login", id: "login", tag: "auth",
        summary: "Signs in with an e-mail address and a password.", authentication: .none,
        errors: [.invalidCredentials, .emailNotVerified, .accountSuspended]
    ) {
        $0.bodyLimit = .authentication
        $0.carriesCredentials = true
    }

    public static let verifyMFA = Endpoint<Nothing, Nothing, MFAVerifyRequest, OK<LoginResponse>>(
        .post, "/api/v1/auth/mfa/verify", id: "verifyMFA", tag: "auth",
        summary: "Ends a sign-in by the second factor.", authentication: .none,
        errors: [.invalidCode, .challengeExpired, .accountSuspended, .emailNotVerified]
    ) {
        $0.bodyLimit = .authentication
        $0.carriesCredentials = true
    }

    public static let reauthenticate = Endpoint<Nothing, Nothing, ReauthenticateRequest, OK<ReauthenticateResponse>>(
        .post, "/api/v1/auth/reauthenticate", id: "reauthenticate", tag: "auth",
        summary: "Lets the session do for 15 minutes what takes a fresh one.", authentication: .session,
        errors: [.invalidCredentials, .invalidCode, .impersonating]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let refresh = Endpoint<Nothing, Nothing, RefreshRequest, OK<TokenResponse>>(
        .post, "/api/v1/auth/refresh", id: "refresh", tag: "auth",
        summary: "Exchanges a refresh token, from the body or the cookie, for a new pair.", authentication: .none,
        errors: [.refreshInvalid, .refreshReused, .sessionExpired, .sessionRevoked, .accountSuspended]
    ) {
        $0.bodyLimit = .authentication
        $0.acceptsEmptyBody = true
        $0.carriesCredentials = true
    }

    public static let logout = Endpoint<Nothing, LogoutQuery, Nothing, NoContent>(
        .post, "/api/v1/auth/logout", id: "logout", tag: "auth",
        summary: "Signs out here, elsewhere or everywhere; here also by the refresh cookie alone.",
        authentication: .optional, errors: [.unauthenticated, .sessionExpired, .sessionRevoked, .impersonating]
    ) {
        $0.admitsPendingDeletion = true
        $0.carriesCredentials = true
    }

    public static let settings = Endpoint<Nothing, Nothing, Nothing, OK<AuthSettingsBody>>(
        .get, "/api/v1/auth/settings", id: "getAuthSettings", tag: "auth",
        summary: "Which ways to sign in there are, and what a password must be.", authentication: .none)

    public static let keys = Endpoint<Nothing, Nothing, Nothing, OK<JWKSBody>>(
        .get, "/.well-known/jwks.json", id: "getKeys", tag: "auth",
        summary: "The public keys that access tokens are verified by.", authentication: .none)

    public static let all: [any DescribedEndpoint] = [
        register, login, verifyMFA, reauthenticate, refresh, logout, settings, keys,
    ]
}
