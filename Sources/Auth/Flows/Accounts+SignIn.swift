public import Core
public import Persistence

extension Accounts {
    /// Signs a person in by address and password.
    ///
    /// The try is counted before the password is looked at, so that a burst of tries gets no further than one after
    /// another would. Whether the address has an account shows neither in the answer nor in the work. An account on its
    /// way to deletion gets a session that can do little (``Principal/isPendingDeletion``).
    /// - Throws: ``AuthError/invalidCredentials`` for every wrong pair; ``AuthError/throttled(retryAfter:)``;
    ///   ``AuthError/overloaded(retryAfter:)``; after a right password ``AuthError/emailNotVerified`` and
    ///   ``AuthError/accountSuspended``.
    public func signIn(
        _ attempt: SignInAttempt, password: String, origin: RequestOrigin, receipt: Receipt<SignInResult>? = nil
    ) async throws -> SignInResult {
        let account = try await database.scoped(.system).users.findForSignIn(emailKey: attempt.email.key)
        let device = attempt.device.flatMap { device in
            account.flatMap { device.marks($0.user.id, keys: keys) ? device : nil }
        }
        let counted = try await countTry(of: attempt.email, on: device, origin: origin)
        let check: PasswordCheck
        do {
            check = try await verify(password, against: account?.passwordHash)
        } catch {
            try await returnTry(counted)
            throw error
        }
        guard case .right(let needsRehash) = check, let account, let stored = account.passwordHash else {
            throw AuthError.invalidCredentials
        }
        try await forgiveTries(counted)
        let rehashed = needsRehash ? try? await hash(password) : nil
        return try await openSession(
            of: account.user.id, passwordHash: stored, rehashed: rehashed, attempt: attempt, device: device,
            origin: origin, receipt: receipt)
    }

    /// Stores the session, unless the password or the account's state changed while the password was checked.
    private func openSession(
        of id: ID<User>, passwordHash: String, rehashed: String?, attempt: SignInAttempt, device: DeviceToken?,
        origin: RequestOrigin, receipt: Receipt<SignInResult>?
    ) async throws -> SignInResult {
        let now = time.now()
        let start = try startSession(
            of: id, deviceName: attempt.deviceName, device: device, origin: origin, at: now)
        // The first device of an account is no news, nor is one that was here before.
        let mayMail = device == nil ? try await reserveMail(.newSignIn, to: attempt.email) : false
        let created = audit(by: id, owner: id, origin: origin, at: now)
            .event(session: start.session.id, .sessionCreated, changes: ["method": "password"])
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            // Written even when it stays the same: the row is locked from here on, so a change of password comes
            // before (then nothing is replaced) or after (then it ends this session with the others).
            guard
                try await store.users.replacePasswordHash(
                    of: id, expected: passwordHash, with: rehashed ?? passwordHash),
                let user = try await store.users.find(id)
            else { throw AuthError.invalidCredentials }
            try requireSignInAllowed(user, at: now)
            if device == nil, try await hasSession(user, at: now, in: store) {
                let notice = notice(.newSignIn, to: user, at: now)
                try await notice.send(mail: mayMail ? notice.mail() : nil, in: store)
            }
            try await store.sessions.insert(start.session, refresh: start.refresh)
            try await store.auditLog.record(created)
            return start.result(for: user)
        }
    }

    private func hasSession(_ user: User, at now: Timestamp, in store: any Store) async throws -> Bool {
        try await !store.sessions.list(of: user.id, liveAt: now, page: PageRequest(limit: 1)).items.isEmpty
    }

    private func requireSignInAllowed(_ user: User, at now: Timestamp) throws(AuthError) {
        if user.suspendedAt != nil { throw .accountSuspended }
        if configuration.requiresVerifiedEmail && user.emailVerifiedAt == nil { throw .emailNotVerified }
        if let purgeAt = user.purgeAt, purgeAt <= now { throw .invalidCredentials }
    }
}
