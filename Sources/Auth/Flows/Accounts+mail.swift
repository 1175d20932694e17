import Core
import Persistence

/// A mail that proves an address, and the token that its link will carry, by its hash.
struct VerificationMail {
    let job: Job
    let token: OneTimeToken
}

extension Accounts {
    /// The job of a mail to the user's own address.
    func mail(
        _ kind: MailKind, to user: User, path: String, token: OutgoingMail.Token? = nil,
        values: [String: String] = [:], id: ID<Job>, at now: Timestamp
    ) throws -> Job {
        let mail = OutgoingMail(
            kind: kind, to: user.email.text, userID: user.id, language: user.language, path: path, token: token,
            values: values)
        return try Job(mail, id: id, at: now)
    }

    /// Whether a mail of this kind may go to the address now; if so, it is counted.
    func reserveMail(_ kind: MailKind, to email: EmailAddress) async throws -> Bool {
        try await throttle.reserve(.mail, key: "\(kind.rawValue):\(email.key)") == .allowed
    }

    /// The job and the token of a mail that proves the user's address.
    func verificationMail(to user: User, at now: Timestamp) throws -> VerificationMail {
        let id = ID<Job>.make(at: now, randomness: randomness)
        let hash = verificationHash(for: id)
        return VerificationMail(
            job: try mail(
                .verifyEmail, to: user, path: "/verify-email",
                token: .init(
                    purpose: .verifyEmail, hash: hash, expiresAt: now + Lifetimes.emailVerification),
                values: ["hours": "\(Int(Lifetimes.emailVerification / .hours(1)))"], id: id, at: now),
            token: OneTimeToken(
                hash: hash, purpose: .verifyEmail, userID: user.id, emailKey: user.email.key, createdAt: now,
                expiresAt: now + Lifetimes.emailVerification))
    }

    /// The hash of the token that the mail of this job would carry.
    func verificationHash(for job: ID<Job>) -> [UInt8] {
        OneTimeTokens.hash(of: OneTimeTokens(keys: keys).token(for: job, purpose: .verifyEmail))
    }
}
