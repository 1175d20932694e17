/// What mails with links are asked for by, and what their links do.
public enum MailedLinkEndpoints {
    public static let verifyEmail = Endpoint<Nothing, Nothing, MailedTokenRequest, OK<VerifyEmailResponse>>(
        .post, "/api/v1/auth/email/verify", id: "verifyEmail", tag: "auth",
        summary: "Proves an e-mail address by the token that was mailed to it.", authentication: .none,
        errors: [.invalidToken, .tokenExpired]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let resendVerification = Endpoint<
        Nothing, Nothing, EmailRequest, Accepted<VerificationSentResponse>
    >(
        .post, "/api/v1/auth/email/resend", id: "resendVerification", tag: "auth",
        summary: "Mails another verification link, where there is something to verify.", authentication: .none
    ) {
        $0.bodyLimit = .authentication
    }

    public static let confirmEmailChange = Endpoint<Nothing, Nothing, MailedTokenRequest, OK<EmailChangedResponse>>(
        .post, "/api/v1/auth/email/change/confirm", id: "confirmEmailChange", tag: "auth",
        summary: "Gives an account the address that the token was mailed to.", authentication: .none,
        errors: [.invalidToken, .tokenExpired, .emailTaken]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let undoEmailChange = Endpoint<
        Nothing, Nothing, MailedTokenRequest, OK<EmailChangeUndoneResponse>
    >(
        .post, "/api/v1/auth/email/change/undo", id: "undoEmailChange", tag: "auth",
        summary: "Gives an account its former address back, and a new password to choose.", authentication: .none,
        errors: [.invalidToken, .tokenExpired, .emailTaken]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let forgotPassword = Endpoint<Nothing, Nothing, EmailRequest, Accepted<LinkSentResponse>>(
        .post, "/api/v1/auth/password/forgot", id: "forgotPassword", tag: "auth",
        summary: "Mails a link to choose another password, where there is such an account.", authentication: .none
    ) {
        $0.bodyLimit = .authentication
    }

    public static let resetPassword = Endpoint<Nothing, Nothing, ResetPasswordRequest, NoContent>(
        .post, "/api/v1/auth/password/reset", id: "resetPassword", tag: "auth",
        summary: "Sets another password by the token that was mailed, and signs out everywhere.",
        authentication: .none, errors: [.invalidToken, .tokenExpired, .accountSuspended]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let requestMagicLink = Endpoint<Nothing, Nothing, EmailRequest, Accepted<LinkSentResponse>>(
        .post, "/api/v1/auth/magic-link", id: "requestMagicLink", tag: "auth",
        summary: "Mails a link that signs in without a password, where there is such an account.",
        authentication: .none
    ) {
        $0.bodyLimit = .authentication
    }

    public static let verifyMagicLink = Endpoint<Nothing, Nothing, MagicLinkRequest, SignedIn>(
        .post, "/api/v1/auth/magic-link/verify", id: "verifyMagicLink", tag: "auth",
        summary: "Signs in by the token that was mailed.", authentication: .none,
        errors: [.invalidToken, .tokenExpired, .accountSuspended]
    ) {
        $0.bodyLimit = .authentication
        $0.carriesCredentials = true
    }

    public static let all: [any DescribedEndpoint] = [
        verifyEmail, resendVerification, confirmEmailChange, undoEmailChange, forgotPassword, resetPassword,
        requestMagicLink, verifyMagicLink,
    ]
}
