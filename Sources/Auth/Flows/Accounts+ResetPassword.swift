public import Core
public import Persistence

extension Accounts {
    /// Replaces a forgotten password by the token that was mailed, which works once.
    ///
    /// Ends every session and every other pending link but those that undo a change of address: whoever took an account
    /// over by another address could end the owner's way back. A second factor stays. The link proves the address.
    /// - Throws: ``AuthError/invalidToken``, ``AuthError/tokenExpired``; ``AuthError/passwordRejected(_:)``, after which
    ///   the token is still good; ``AuthError/accountSuspended``; ``AuthError/overloaded(retryAfter:)``.
    public func resetPassword(
        token: String, password: String, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        let user = try await owner(ofReset: token)
        try requireAcceptable(
            password, for: user.email, names: [user.firstName, user.lastName], hasSecondFactor: user.hasSecondFactor)
        let passwordHash = try await hash(password)
        let now = time.now()
        let reset = audit(by: .nobody, owner: user.id, origin: origin, at: now).event(user: user.id, .passwordReset)
        try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            var (_, user) = try await redeem(token, .resetPassword, in: store, at: now)
            guard user.isOpenToMail else { throw AuthError.invalidToken }
            // Whoever opened an account that was never proven may have been a stranger.
            if user.emailVerifiedAt == nil { user = try await expelStrangers(from: user, in: store, at: now) }
            guard user.suspendedAt == nil else { throw AuthError.accountSuspended }
            try await store.users.setPasswordHash(of: user.id, to: passwordHash)
            try await endAccess(of: user.id, except: nil, reason: .passwordReset, in: store, at: now)
            let proven = try await prove(user, origin: origin, in: store, at: now)
            let notice = notice(.passwordChanged, to: proven, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(reset)
        }
        try await throttle.release(.signInAccount, key: Self.accountKey(of: user.email))
    }

    /// Whose password a token resets, asked before a password is judged and hashed; the token stays.
    private func owner(ofReset token: String) async throws -> User {
        let store = database.scoped(.system)
        let hash = OneTimeTokens.hash(of: token)
        guard let token = try await store.oneTimeTokens.find(hash: hash, purpose: .resetPassword),
            let user = try await store.users.find(token.userID), user.isOpenToMail
        else { throw AuthError.invalidToken }
        guard time.now() < token.expiresAt else { throw AuthError.tokenExpired }
        return user
    }

    /// What ends with a credential: sessions, and pending links but those that undo a change of address.
    func endAccess(
        of user: ID<User>, except kept: ID<Session>?, reason: RevocationReason, in store: any Store, at now: Timestamp
    ) async throws {
        // Links first: one that is being used is waited for, and the session it opens ends with the others.
        try await store.oneTimeTokens.removeAll(
            of: user, purposes: OneTimeToken.Purpose.allCases.filter { $0 != .undoEmailChange })
        _ = try await store.sessions.revokeAll(of: user, except: kept, reason: reason, at: now)
    }
}
