public import Core
public import Persistence

extension Accounts {
    /// Mails a link that signs in without a password, if the address has an account that is not closed. Tells nothing of
    /// whether it does.
    public func requestSignInLink(
        for email: EmailAddress, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        try await mailLink(
            .magicLink, to: email, action: .signInLinkRequested, origin: origin, receipt: receipt
        ) { user, _ in user.isOpenToMail }
    }
}
