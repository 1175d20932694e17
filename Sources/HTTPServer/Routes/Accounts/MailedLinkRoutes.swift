import API
import Auth
import Core
import Hummingbird

/// Mails with links: asking for them, and what their tokens do.
struct MailedLinkRoutes: Sendable {
    let accounts: Accounts
    let cookies: CookieNames
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.open(MailedLinkEndpoints.verifyEmail, verifyEmail)
        try binder.open(MailedLinkEndpoints.resendVerification, resendVerification)
        try binder.open(MailedLinkEndpoints.confirmEmailChange, confirmEmailChange)
        try binder.open(MailedLinkEndpoints.undoEmailChange, undoEmailChange)
        try binder.open(MailedLinkEndpoints.forgotPassword, forgotPassword)
        try binder.open(MailedLinkEndpoints.resetPassword, resetPassword)
        try binder.open(MailedLinkEndpoints.requestMagicLink, requestMagicLink)
        try binder.open(MailedLinkEndpoints.verifyMagicLink, verifyMagicLink)
    }

    @Sendable private func verifyEmail(
        _ call: Call<Nothing, Nothing, MailedTokenRequest>
    ) async throws -> Reply<OK<VerifyEmailResponse>> {
        let done = Reply(OK(VerifyEmailResponse()))
        _ = try await accounts.verifyEmail(
            token: call.body.token.text, origin: call.origin, receipt: call.receipt { (_: User) in done })
        return done
    }

    @Sendable private func resendVerification(
        _ call: Call<Nothing, Nothing, EmailRequest>
    ) async throws -> Reply<Accepted<VerificationSentResponse>> {
        let done = Reply(Accepted(VerificationSentResponse()))
        try await accounts.resendVerification(
            to: call.body.email, origin: call.origin, receipt: call.receipt { done })
        return done
    }

    @Sendable private func confirmEmailChange(
        _ call: Call<Nothing, Nothing, MailedTokenRequest>
    ) async throws -> Reply<OK<EmailChangedResponse>> {
        let done = Reply(OK(EmailChangedResponse()))
        _ = try await accounts.confirmEmailChange(
            token: call.body.token.text, origin: call.origin, receipt: call.receipt { (_: User) in done })
        return done
    }

    @Sendable private func undoEmailChange(
        _ call: Call<Nothing, Nothing, MailedTokenRequest>
    ) async throws -> Reply<OK<EmailChangeUndoneResponse>> {
        let done = Reply(OK(EmailChangeUndoneResponse()))
        _ = try await accounts.undoEmailChange(
            token: call.body.token.text, origin: call.origin, receipt: call.receipt { (_: User) in done })
        return done
    }

    @Sendable private func forgotPassword(
        _ call: Call<Nothing, Nothing, EmailRequest>
    ) async throws -> Reply<Accepted<LinkSentResponse>> {
        let done = Reply(Accepted(LinkSentResponse()))
        try await accounts.requestPasswordReset(
            for: call.body.email, origin: call.origin, receipt: call.receipt { done })
        return done
    }

    @Sendable private func resetPassword(
        _ call: Call<Nothing, Nothing, ResetPasswordRequest>
    ) async throws -> Reply<NoContent> {
        let done = Reply(NoContent())
        try await accounts.resetPassword(
            token: call.body.token.text, password: call.body.password.text, origin: call.origin,
            receipt: call.receipt { done })
        return done
    }

    @Sendable private func requestMagicLink(
        _ call: Call<Nothing, Nothing, EmailRequest>
    ) async throws -> Reply<Accepted<LinkSentResponse>> {
        let done = Reply(Accepted(LinkSentResponse()))
        try await accounts.requestSignInLink(
            for: call.body.email, origin: call.origin, receipt: call.receipt { done })
        return done
    }

    @Sendable private func verifyMagicLink(
        _ call: Call<Nothing, Nothing, MagicLinkRequest>
    ) async throws -> Reply<SignedIn> {
        let device = try cookies.device(of: call.request, named: call.body.deviceName)
        let reply = SignInReply(cookies: cookies, request: call.request, time: time)
        return reply.outcome(
            try await accounts.signIn(
                linkToken: call.body.token.text, on: device, origin: call.origin,
                receipt: call.receipt(reply.outcome)))
    }
}
