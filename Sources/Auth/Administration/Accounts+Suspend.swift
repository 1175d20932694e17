public import Core
public import Persistence

extension Accounts {
    /// Closes an account until it is opened again: nobody signs in to it, its API keys open nothing.
    ///
    /// Ends all its sessions, those in which its person acts as somebody else among them, and its pending links but those
    /// that undo a change of address. The person is told, but not why. Does nothing about an account that is suspended.
    /// - Parameter reason: 1 to 500 characters, for the audit log.
    /// - Returns: The account as it is now.
    /// - Throws: ``AuthError/reasonRejected``; ``AuthError/forbidden`` for the own account; ``AuthError/notFound``; as
    ///   ``Principal/requireAdministrator(at:)``.
    public func suspend(
        _ user: ID<User>, reason: String, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<AccountOverview>? = nil
    ) async throws -> AccountOverview {
        try await setSuspension(
            of: user, to: true, reason: reason, by: principal, origin: origin, receipt: receipt)
    }

    /// Suspends an account or ends its suspension.
    func setSuspension(
        of user: ID<User>, to isSuspended: Bool, reason: String, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<AccountOverview>?
    ) async throws -> AccountOverview {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let reason = try AdministrativeReason(reason)
        let changed = audit(by: .principal(principal), owner: user, origin: origin, at: now)
            .event(user: user, isSuspended ? .userSuspended : .userUnsuspended, personal: reason.personal)
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            var person = try await lock(user, for: principal, in: store, at: now)
            guard (person.suspendedAt != nil) != isSuspended else {
                return try await overview(of: user, in: store, at: now)
            }
            person.suspendedAt = isSuspended ? now : nil
            person.updatedAt = now
            person = try await store.users.update(person)
            if isSuspended {
                try await endAccess(of: user, except: nil, reason: .suspended, in: store, at: now)
            }
            let notice = notice(isSuspended ? .accountSuspended : .accountReactivated, to: person, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(changed)
            return try await overview(of: user, in: store, at: now)
        }
    }
}
