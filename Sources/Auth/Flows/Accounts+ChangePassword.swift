public import Core
import Persistence

extension Accounts {
    /// Replaces the own password. The session it is asked through lives on, all others end, and so do pending links.
    /// - Parameter current: The password so far; nil where the account has none, which then takes a fresh session.
    /// - Throws: ``AuthError/invalidCredentials`` for a wrong one; ``AuthError/passwordRejected(_:)``;
    ///   ``AuthError/reauthenticationRequired``; ``AuthError/throttled(retryAfter:)``;
    ///   ``AuthError/overloaded(retryAfter:)``; ``AuthError/sessionRevoked`` when it ended meanwhile; as
    ///   ``Principal/requireOwnSession()``.
    public func changePassword(
        of principal: Principal, from current: String?, to password: String, origin: RequestOrigin
    ) async throws {
        let (user, session) = (principal.user, try principal.requireOwnSession())
        try requireAcceptable(
            password, for: user.email, names: [user.firstName, user.lastName], hasSecondFactor: user.hasSecondFactor)
        // Once more where a sign-in replaced the hash meanwhile, to today's parameters.
        for _ in 0..<2 {
            let stored = try await checkPassword(current, of: principal, origin: origin)
            let passwordHash = try await hash(password)
            if try await replace(stored, with: passwordHash, of: principal, through: session, origin: origin) { return }
        }
        throw AuthError.invalidCredentials
    }

    /// - Returns: False where another PHC string is stored by now.
    private func replace(
        _ stored: String?, with passwordHash: String, of principal: Principal, through session: Session,
        origin: RequestOrigin
    ) async throws -> Bool {
        let (user, now) = (principal.user, time.now())
        let changed = audit(by: principal, origin: origin, at: now)
            .event(user: user.id, .passwordChanged)
        let notice = notice(.passwordChanged, to: user, at: now)
        return try await database.transaction(.user(user.id), repetition: .allowed) { store in
            _ = try await lock(user.id, through: session, in: store, at: now)
            guard try await store.users.replacePasswordHash(of: user.id, expected: stored, with: passwordHash)
            else { return false }
            try await endAccess(
                of: user.id, except: session.id, reason: .passwordChanged, in: store, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(changed)
            return true
        }
    }

    /// - Returns: The PHC string that the password was checked against; nil for an account without.
    private func checkPassword(
        _ password: String?, of principal: Principal, origin: RequestOrigin
    ) async throws -> String? {
        let account = try await database.scoped(.system).users.findForSignIn(emailKey: principal.user.email.key)
        guard let account, account.user.id == principal.user.id else { throw AuthError.invalidCredentials }
        guard let stored = account.passwordHash else {
            try principal.requireFresh(at: time.now())
            return nil
        }
        guard let password else { throw AuthError.invalidCredentials }
        try await requireRight(password, against: stored, of: principal.user.id, origin: origin)
        return stored
    }
}
