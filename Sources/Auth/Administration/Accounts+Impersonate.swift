public import Core
public import Persistence

/// A session in which an administrator acts in a person's name, and what the administrator's device is handed.
public struct Impersonation: Sendable {
    /// In whose name.
    public let user: User
    /// Says by whom, and until when.
    public let session: Session
    public let tokens: TokenPair
}

extension Accounts {
    /// Lets an administrator act in a person's name for ``Lifetimes/impersonation``, to see what the person sees.
    ///
    /// What is done through the session is done as the person; its audit rows name both. Nothing can be done that concerns
    /// how the person gets in (``Principal/requireOwnSession()``). The person finds it among the own sessions and can end it;
    /// it counts as no device of theirs. It ends with the access of the administrator.
    /// - Parameters:
    ///   - reason: 1 to 500 characters, for the audit log.
    ///   - deviceName: What the administrator calls the device.
    /// - Throws: ``AuthError/reasonRejected``; ``AuthError/forbidden`` for the own account and that of another superuser,
    ///   whose rights nobody borrows; ``AuthError/notFound``; ``AuthError/accountSuspended``,
    ///   ``AuthError/accountPendingDeletion`` for a person whose account can't be used; as
    ///   ``Principal/requireAdministrator(at:)``.
    public func impersonate(
        _ user: ID<User>, reason: String, by principal: Principal, deviceName: String? = nil, origin: RequestOrigin,
        receipt: Receipt<Impersonation>? = nil
    ) async throws -> Impersonation {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let reason = try AdministrativeReason(reason)
        let start = try startSession(
            of: user, impersonator: principal.user.id, deviceName: deviceName, origin: origin, at: now)
        let begun = audit(by: .principal(principal), owner: user, origin: origin, at: now).event(
            user: user, .userImpersonated,
            changes: ["session": start.session.id.description], personal: reason.personal)
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            let person = try await lock(user, for: principal, in: store, at: now)
            guard !person.isSuperuser else { throw AuthError.forbidden }
            guard person.suspendedAt == nil else { throw AuthError.accountSuspended }
            guard person.deletedAt == nil else { throw AuthError.accountPendingDeletion }
            try await store.sessions.insert(start.session, refresh: start.refresh)
            try await store.auditLog.record(begun)
            return Impersonation(user: person, session: start.session, tokens: start.tokens)
        }
    }
}
