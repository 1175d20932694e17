import Core
import Persistence

extension Accounts {
    /// Mails a link to the account of an address, if there is one that may have it.
    ///
    /// Tells nothing: the answer is the same, and so is the work, whether or not there is such an account or too many
    /// mails were asked for.
    /// - Parameter isMeant: Whether the account may have it; told also whether mails to it came back.
    func mailLink(
        _ purpose: OneTimeToken.Purpose, to email: EmailAddress, action: AuditAction, origin: RequestOrigin,
        receipt: Receipt<Void>?, if isMeant: (_ user: User, _ isSuppressed: Bool) -> Bool
    ) async throws {
        let mayMail = try await reserveMail(purpose.mailKind, to: email)
        let store = database.scoped(.system)
        let user = try await store.users.find(emailKey: email.key)
        let isSuppressed = try await store.mailSuppressions.find(emailKey: email.key) != nil
        let now = time.now()
        if mayMail, let user, user.suspendedAt == nil, isMeant(user, isSuppressed) {
            let link = try link(purpose, to: user, at: now)
            let requested = audit(by: .nobody, owner: user.id, origin: origin, at: now).event(user: user.id, action)
            try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
                try await link.add(to: store)
                try await store.auditLog.record(requested)
            }
        } else {
            try await recordUnmailed(purpose, action: action, origin: origin, receipt: receipt, at: now)
        }
    }

    /// As many statements and a commit to disk as a mail takes, so that time tells nothing. The row is in nobody's log and
    /// does not name the address.
    private func recordUnmailed(
        _ purpose: OneTimeToken.Purpose, action: AuditAction, origin: RequestOrigin, receipt: Receipt<Void>?,
        at now: Timestamp
    ) async throws {
        let decoy = linkHash(of: .make(at: now, randomness: randomness), purpose)
        let requested = audit(by: .nobody, owner: nil, origin: origin, at: now).event(user: nil, action)
        try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            _ = try await store.oneTimeTokens.consume(hash: decoy, purpose: purpose)
            _ = try await store.oneTimeTokens.consume(hash: decoy, purpose: purpose)
            try await store.auditLog.record(requested)
        }
    }

    /// Takes out the token of a link, which works once.
    ///
    /// Only the account is looked at that it was made for, and only while it has the address that the link went to; one
    /// that brings an address along is bound to that.
    /// - Throws: ``AuthError/invalidToken`` for one unknown, used before or mailed to a former address;
    ///   ``AuthError/tokenExpired``. Throwing brings the token back, so that it is answered alike until it is swept.
    func redeem(
        _ token: String, _ purpose: OneTimeToken.Purpose, in store: any Store, at now: Timestamp
    ) async throws -> (token: OneTimeToken, user: User) {
        let hash = OneTimeTokens.hash(of: token)
        // The account first, as everything locks it that ends links: otherwise the two would wait for each other.
        guard let found = try await store.oneTimeTokens.find(hash: hash, purpose: purpose),
            let (user, _) = try await store.users.findLocked(found.userID),
            let token = try await store.oneTimeTokens.consume(hash: hash, purpose: purpose)
        else { throw AuthError.invalidToken }
        guard now < token.expiresAt else { throw AuthError.tokenExpired }
        guard token.newEmail != nil || user.email.key == token.emailKey else { throw AuthError.invalidToken }
        if let purgeAt = user.purgeAt, purgeAt <= now { throw AuthError.invalidToken }
        return (token, user)
    }
}
