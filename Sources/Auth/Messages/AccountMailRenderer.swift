public import Core

/// Turns a job that carries an ``AccountMail`` into the mail, as often as asked with the same result: the token in its
/// link is derived from the job's id, so that no table and no queue holds it.
public struct AccountMailRenderer: Sendable {
    /// Why a mail can't be written, now or ever.
    public enum Problem: Error, Equatable {
        /// The token was made under a master key that is no longer on the list.
        case masterKeyGone
    }

    private let tokens: OneTimeTokens
    private let configuration: AuthConfiguration

    public init(keys: MasterKeys, configuration: AuthConfiguration) {
        tokens = OneTimeTokens(keys: keys)
        self.configuration = configuration
    }

    /// The mail of a job named ``AccountMail/jobName``.
    /// - Throws: ``Problem``; `DecodingError` when the job carries no mail about an account.
    public func render(job: Job) throws -> RenderedMail {
        let mail = try AccountMail(of: job)
        let link = try link(in: mail, job: job.id)
        let text = AccountMailText(mail.kind, in: mail.language, product: configuration.productName, link: link)
        return RenderedMail(
            id: job.id, kind: mail.kind, to: mail.to, subject: text.subject, text: text.body, html: nil, links: [link],
            createdAt: job.createdAt)
    }

    private func link(in mail: AccountMail, job: ID<Job>) throws(Problem) -> String {
        switch mail.kind {
        case .verifyEmail:
            guard let token = tokens.token(for: job, purpose: .verifyEmail, matching: mail.tokenHash ?? [])
            else { throw .masterKeyGone }
            return "\(configuration.baseURL)/verify-email?token=\(token)"
        case .alreadyRegistered:
            return "\(configuration.baseURL)/login"
        case .refreshTokenReused:
            return "\(configuration.baseURL)/settings/sessions"
        }
    }
}
