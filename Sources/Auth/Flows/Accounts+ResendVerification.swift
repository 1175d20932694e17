public import Core
public import Persistence

extension Accounts {
    /// Mails the proof of an address once more, if it has an account that waits for it or to which mails came back. Tells
    /// nothing of whether it does.
    public func resendVerification(
        to email: EmailAddress, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        try await mailLink(
            .verifyEmail, to: email, action: .verificationRequested, origin: origin, receipt: receipt
        ) { user, isSuppressed in
            user.deletedAt == nil && (user.emailVerifiedAt == nil || isSuppressed)
        }
    }
}
