package import Core
import Persistence

/// A mail whose link carries a token, and that token by its hash.
struct MailedLink {
    let job: Job
    let token: OneTimeToken

    func add(to store: any Store) async throws {
        try await store.oneTimeTokens.insert(token)
        try await store.jobs.enqueue(job)
    }
}

extension Accounts {
    /// The job and the token of a mail with a link.
    /// - Parameters:
    ///   - newEmail: The address that the account gets by it, which it then goes to; nil for the account's own.
    ///   - sessionID: What asked for it and outlives it.
    ///   - kind: The mail, where it is not the one of its purpose; with `lifetime` and `values`.
    func link(
        _ purpose: OneTimeToken.Purpose, to user: User, newEmail: EmailAddress? = nil, sessionID: ID<Session>? = nil,
        as kind: MailKind? = nil, lifetime: Duration? = nil, values: [String: String]? = nil, at now: Timestamp
    ) throws -> MailedLink {
        let id = ID<Job>.make(at: now, randomness: randomness)
        let hash = linkHash(of: id, purpose)
        let (email, expiresAt) = (newEmail ?? user.email, now + (lifetime ?? purpose.lifetime))
        let mail = OutgoingMail(
            kind: kind ?? purpose.mailKind, to: email.text, userID: user.id, language: user.language,
            path: purpose.path,
            token: OutgoingMail.Token(purpose: purpose, hash: hash, expiresAt: expiresAt),
            values: values ?? purpose.values)
        return MailedLink(
            job: try Job(mail, id: id, at: now),
            token: OneTimeToken(
                hash: hash, purpose: purpose, userID: user.id, emailKey: email.key, newEmail: newEmail,
                sessionID: sessionID, createdAt: now, expiresAt: expiresAt))
    }

    /// The hash of the token that the mail of this job would carry.
    func linkHash(of job: ID<Job>, _ purpose: OneTimeToken.Purpose) -> [UInt8] {
        OneTimeTokens.hash(of: OneTimeTokens(keys: keys).token(for: job, purpose: purpose))
    }

    /// A mail without a token to the user's own address.
    func mail(_ kind: MailKind, to user: User, path: String, at now: Timestamp) throws -> Job {
        let mail = OutgoingMail(
            kind: kind, to: user.email.text, userID: user.id, language: user.language, path: path)
        return try Job(mail, id: .make(at: now, randomness: randomness), at: now)
    }

    /// Whether a mail of this kind may go to the address now; if so, it is counted.
    func reserveMail(_ kind: MailKind, to email: EmailAddress) async throws -> Bool {
        try await throttle.reserve(.mail, key: "\(kind.rawValue):\(email.key)") == .allowed
    }
}

extension OneTimeToken.Purpose {
    /// How long the link works.
    package var lifetime: Duration {
        switch self {
        case .verifyEmail: Lifetimes.emailVerification
        case .resetPassword: Lifetimes.passwordReset
        case .changeEmail: Lifetimes.emailChange
        case .undoEmailChange: Lifetimes.emailChangeUndo
        case .magicLink: Lifetimes.magicLink
        case .invitation: Lifetimes.invitation
        case .verifyDomain: Lifetimes.domainMail
        }
    }

    /// The page that the link opens, below the base URL.
    package var path: String {
        switch self {
        case .verifyEmail: "/verify-email"
        case .resetPassword: "/reset-password"
        case .changeEmail: "/confirm-email"
        case .undoEmailChange: "/undo-email-change"
        case .magicLink: "/magic-link"
        case .invitation: "/invitation"
        case .verifyDomain: "/verify-domain"
        }
    }

    package var mailKind: MailKind {
        switch self {
        case .verifyEmail: .verifyEmail
        case .resetPassword: .resetPassword
        case .changeEmail: .changeEmail
        case .undoEmailChange: .emailChanged
        case .magicLink: .magicLink
        case .invitation: .invitation
        case .verifyDomain: .verifyDomain
        }
    }

    /// The lifetime, in the unit that the mail tells it in.
    package var values: [String: String] {
        switch self {
        case .verifyEmail, .changeEmail, .verifyDomain: ["hours": String(Int(lifetime / .hours(1)))]
        case .resetPassword, .magicLink: ["minutes": String(Int(lifetime / .minutes(1)))]
        case .undoEmailChange, .invitation: ["days": String(Int(lifetime / .days(1)))]
        }
    }
}
