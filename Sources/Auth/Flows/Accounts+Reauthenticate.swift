public import Core
public import Persistence

extension Accounts {
    /// Opens the privileged window of a session anew by the password.
    /// - Returns: Until when it is open.
    /// - Throws: ``AuthError/invalidCredentials``, ``AuthError/throttled(retryAfter:)``,
    ///   ``AuthError/overloaded(retryAfter:)``; ``AuthError/sessionRevoked`` when it ended meanwhile;
    ///   as ``Principal/requireOwnSession()``.
    public func reauthenticate(
        _ principal: Principal, password: String, origin: RequestOrigin, receipt: Receipt<Timestamp>? = nil
    ) async throws -> Timestamp {
        try principal.requireOwnSession()
        let account = try await database.scoped(.system).users.findForSignIn(emailKey: principal.user.email.key)
        guard let account, account.user.id == principal.user.id else { throw AuthError.invalidCredentials }
        try await requireRight(password, against: account.passwordHash, of: principal.user.id, origin: origin)
        return try await renew(principal, by: .password, origin: origin, receipt: receipt) { _, _ in }
    }

    /// Opens the privileged window of a session anew by a second factor.
    /// - Returns: Until when it is open.
    /// - Throws: ``AuthError/invalidCode``, also where none is asked for; ``AuthError/throttled(retryAfter:)``;
    ///   ``AuthError/sessionRevoked`` when it ended meanwhile; as ``Principal/requireOwnSession()``.
    public func reauthenticate(
        _ principal: Principal, by answer: SecondFactorAnswer, origin: RequestOrigin,
        receipt: Receipt<Timestamp>? = nil
    ) async throws -> Timestamp {
        try principal.requireOwnSession()
        let counted = try await countCode(of: principal.user.id, origin: origin)
        let until = try await renew(principal, by: answer.method, origin: origin, receipt: receipt) { store, now in
            try await use(answer, of: principal.user, isAlone: true, origin: origin, in: store, at: now)
        }
        try await forgiveTries(counted)
        return until
    }

    /// Notes that a credential was given again.
    private func renew(
        _ principal: Principal, by method: SignInMethod, origin: RequestOrigin, receipt: Receipt<Timestamp>?,
        _ prove: @Sendable (any Store, Timestamp) async throws -> Void
    ) async throws -> Timestamp {
        let (user, session, now) = (principal.user.id, try principal.requireSession().id, time.now())
        let renewed = audit(by: principal, origin: origin, at: now)
            .event(session: session, .sessionReauthenticated, changes: ["method": method.rawValue])
        // In the system's scope, where challenges are spent.
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            try await prove(store, now)
            guard try await store.sessions.renewAuthentication(session, of: user, at: now)
            else { throw AuthError.sessionRevoked }
            try await store.auditLog.record(renewed)
            return now + Lifetimes.privilegedWindow
        }
    }

    /// Checks the password of somebody who is signed in, counted apart from sign-ins: nobody who tries to sign in locks the
    /// person out of what is open already.
    func requireRight(
        _ password: String, against stored: String?, of user: ID<User>, origin: RequestOrigin
    ) async throws {
        let counted = try await countTry("reauthentication:\(user)", origin: origin)
        let check: PasswordCheck
        do {
            check = try await verify(password, against: stored)
        } catch {
            try await returnTry(counted)
            throw error
        }
        guard case .right = check else { throw AuthError.invalidCredentials }
        try await forgiveTries(counted)
    }
}
