public import Core
public import Persistence

extension Accounts {
    /// Mails the proof of an address once more, if it has an account that waits for it or to which mails came back.
    ///
    /// Tells nothing: the answer is the same, and so is the work, whether there is such an account, it is proven already,
    /// or too many mails were asked for.
    public func resendVerification(
        to email: EmailAddress, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        let mayMail = try await reserveMail(.verifyEmail, to: email)
        let store = database.scoped(.system)
        let user = try await store.users.find(emailKey: email.key)
        let isSuppressed = try await store.mailSuppressions.find(emailKey: email.key) != nil
        guard mayMail else { return }
        if let user, user.isActive, user.emailVerifiedAt == nil || isSuppressed {
            try await mailVerification(to: user, origin: origin, receipt: receipt)
        } else {
            try await recordUnmailed(origin: origin, receipt: receipt)
        }
    }

    private func mailVerification(to user: User, origin: RequestOrigin, receipt: Receipt<Void>?) async throws {
        let now = time.now()
        let verification = try verificationMail(to: user, at: now)
        let requested = audit(by: nil, owner: user.id, origin: origin, at: now)
            .event(user: user.id, .verificationRequested)
        try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            try await store.oneTimeTokens.insert(verification.token)
            try await store.jobs.enqueue(verification.job)
            try await store.auditLog.record(requested)
        }
    }

    /// As many statements and a commit to disk as a mail takes, so that time tells nothing. The row is in nobody's log and
    /// does not name the address.
    private func recordUnmailed(origin: RequestOrigin, receipt: Receipt<Void>?) async throws {
        let now = time.now()
        let decoy = verificationHash(for: .make(at: now, randomness: randomness))
        let requested = audit(by: nil, owner: nil, origin: origin, at: now)
            .event(user: nil, .verificationRequested)
        try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            _ = try await store.oneTimeTokens.consume(hash: decoy, purpose: .verifyEmail)
            _ = try await store.oneTimeTokens.consume(hash: decoy, purpose: .verifyEmail)
            try await store.auditLog.record(requested)
        }
    }
}
