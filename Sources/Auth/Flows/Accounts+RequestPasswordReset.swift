public import Core
public import Persistence

extension Accounts {
    /// Mails a link to choose another password, if the address has an account that is not closed. Tells nothing of
    /// whether it does.
    public func requestPasswordReset(
        for email: EmailAddress, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        try await mailLink(
            .resetPassword, to: email, action: .passwordResetRequested, origin: origin, receipt: receipt
        ) { user, _ in user.isOpenToMail }
    }
}
