public import Core
public import Persistence

extension Accounts {
    /// Asks for another address, which counts once it is confirmed from there.
    ///
    /// A taken address answers, and costs, as a free one does; its holder is told by mail.
    /// - Throws: ``AuthError/emailUnchanged``, ``AuthError/reauthenticationRequired``,
    ///   ``AuthError/accountPendingDeletion``.
    public func requestEmailChange(
        of principal: Principal, to email: EmailAddress, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        let session = try principal.requireFresh(at: time.now())
        guard email != principal.user.email else { throw AuthError.emailUnchanged }
        let mayMail = try await reserveMail(.changeEmail, to: email)
        let (user, now) = (principal.user, time.now())
        let link = try link(.changeEmail, to: user, newEmail: email, sessionID: session.id, at: now)
        let requested = audit(by: principal, origin: origin, at: now)
            .event(user: user.id, .emailChangeRequested)
        try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            _ = try await lock(user.id, through: session, in: store, at: now)
            let holder = try await store.users.find(emailKey: email.key)
            if mayMail {
                try await store.oneTimeTokens.removeAll(of: user.id, purposes: [.changeEmail])
                // The token of a taken address is made like any other, and mailed to nobody.
                try await store.oneTimeTokens.insert(link.token)
                let notice = try holder.map { try mail(.alreadyRegistered, to: $0, path: "/login", at: now) }
                try await store.jobs.enqueue(notice ?? link.job)
            }
            try await store.auditLog.record(requested)
        }
    }

    /// Gives the account the address that a link was mailed to. The session that asked for it lives on, all others end.
    /// The former address is told, with a way back.
    /// - Returns: The account as it is now.
    /// - Throws: ``AuthError/invalidToken``, ``AuthError/tokenExpired``; ``AuthError/emailTaken`` when another account has
    ///   the address by now, which its holder may know.
    public func confirmEmailChange(
        token: String, origin: RequestOrigin, receipt: Receipt<User>? = nil
    ) async throws -> User {
        let now = time.now()
        return try await changingAddress { store in
            let (token, user) = try await redeem(token, .changeEmail, in: store, at: now)
            guard let address = token.newEmail, user.isActive else { throw AuthError.invalidToken }
            let undo = try link(.undoEmailChange, to: user, newEmail: user.email, at: now)
            let changed = try await give(address, to: user, in: store, at: now)
            try await endAccess(
                of: user.id, except: token.sessionID, reason: .emailChanged, in: store, at: now)
            try await undo.add(to: store)
            try await store.auditLog.record(
                audit(by: .nobody, owner: user.id, origin: origin, at: now).event(user: user.id, .emailChanged))
            return changed
        } receipt: {
            receipt
        }
    }

    /// Gives the account its former address back, on behalf of whoever holds that.
    ///
    /// Whoever changed it may know the password: it is taken away, and a link to choose another goes to the address given
    /// back. Every session ends, and so does what was added since, when mails about it did not reach the owner: pending links,
    /// keys, passkeys, accounts at providers, a second factor. Older ways back stay, since the address given back may itself
    /// be a stranger's.
    /// - Returns: The account as it is now.
    /// - Throws: As ``confirmEmailChange(token:origin:receipt:)``.
    public func undoEmailChange(
        token: String, origin: RequestOrigin, receipt: Receipt<User>? = nil
    ) async throws -> User {
        let now = time.now()
        return try await changingAddress { store in
            let (token, user) = try await redeem(token, .undoEmailChange, in: store, at: now)
            guard let address = token.newEmail else { throw AuthError.invalidToken }
            try await release(address, in: store, at: now)
            var restored = try await give(address, to: user, in: store, at: now)
            restored = try await removeCredentials(of: restored, madeSince: token.createdAt, in: store, at: now)
            try await store.users.setPasswordHash(of: user.id, to: nil)
            try await store.oneTimeTokens.removeAll(
                of: user.id, purposes: [.undoEmailChange], madeSince: token.createdAt)
            try await endAccess(of: user.id, except: nil, reason: .emailChanged, in: store, at: now)
            try await link(.resetPassword, to: restored, at: now).add(to: store)
            try await store.auditLog.record(
                audit(by: .nobody, owner: user.id, origin: origin, at: now).event(user: user.id, .emailChangeUndone))
            return restored
        } receipt: {
            receipt
        }
    }

    /// Takes an address from an account that never proved it: whoever opened that may only want to block the way back.
    private func release(_ address: EmailAddress, in store: any Store, at now: Timestamp) async throws {
        guard let found = try await store.users.find(emailKey: address.key),
            let (holder, _) = try await store.users.findLocked(found.id), holder.emailVerifiedAt == nil,
            holder.email.key == address.key
        else { return }
        var emptied = try await expelStrangers(from: holder, in: store, at: now)
        // A domain that nobody can have (RFC 2606, section 2).
        let nowhere = "\(holder.id)@released.invalid"
        emptied.email = EmailAddress(storedText: nowhere, key: nowhere)
        emptied.updatedAt = now
        _ = try await store.users.update(emptied)
    }

    private func changingAddress(
        _ body: @Sendable (any Store) async throws -> User, receipt: () -> Receipt<User>?
    ) async throws -> User {
        do {
            return try await database.transaction(.system, repetition: .allowed, receipt: receipt(), body)
        } catch DatabaseError.duplicate(.userEmail) {
            throw AuthError.emailTaken
        }
    }

    /// The account with another address, proven by the link that was opened.
    private func give(
        _ address: EmailAddress, to user: User, in store: any Store, at now: Timestamp
    ) async throws -> User {
        var user = user
        user.email = address
        user.emailVerifiedAt = now
        user.updatedAt = now
        try await store.mailSuppressions.lift(emailKey: address.key, at: now)
        return try await store.users.update(user)
    }
}
