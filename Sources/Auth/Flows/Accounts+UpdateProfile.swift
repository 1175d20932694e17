public import Core
import Persistence

extension Accounts {
    /// How often a change is tried again because someone else changed the account at the same time.
    private static let attempts = 5

    /// Changes what a person tells about themselves.
    /// - Parameter isExpected: Whether the account is still what the caller took it for (`If-Match`), asked inside the
    ///   transaction about the row that is changed.
    /// - Returns: The account as it is now; the same when nothing differs.
    /// - Throws: ``AuthError/preconditionFailed``, ``AuthError/accountPendingDeletion``,
    ///   ``AuthError/versionConflict`` when others kept changing it.
    public func updateProfile(
        _ changes: ProfileChanges, of principal: Principal, origin: RequestOrigin,
        if isExpected: @Sendable (User) throws -> Bool = { _ in true }
    ) async throws -> User {
        try await update(principal, origin: origin, if: isExpected) { user, _ in
            OwnChange(changed: changes.apply(to: &user))
        }
    }

    /// What was changed of an account, and what is to be done once it is.
    struct OwnChange {
        /// The new values by name, for the log; empty for none.
        let changed: [String: String]
        var jobs: [Job] = []
    }

    /// Changes the own account.
    /// - Parameter change: Writes into the account as it is; may run several times.
    func update(
        _ principal: Principal, origin: RequestOrigin, if isExpected: @Sendable (User) throws -> Bool = { _ in true },
        change: @Sendable (_ user: inout User, _ now: Timestamp) throws -> OwnChange
    ) async throws -> User {
        try principal.requireActive()
        for _ in 0..<Self.attempts {
            do {
                return try await attempt(by: principal, origin: origin, if: isExpected, change)
            } catch DatabaseError.versionConflict {}
        }
        throw AuthError.versionConflict
    }

    /// The update takes effect only on the version that was read, which is as good as a lock on it.
    private func attempt(
        by principal: Principal, origin: RequestOrigin, if isExpected: @Sendable (User) throws -> Bool,
        _ change: @Sendable (_ user: inout User, _ now: Timestamp) throws -> OwnChange
    ) async throws -> User {
        let (id, now) = (principal.user.id, time.now())
        let audit = audit(by: principal, origin: origin, at: now)
        return try await database.transaction(.user(id), repetition: .allowed) { store in
            guard var user = try await store.users.find(id) else { throw AuthError.unauthenticated }
            guard try isExpected(user) else { throw AuthError.preconditionFailed }
            let change = try change(&user, now)
            guard !change.changed.isEmpty else { return user }
            user.updatedAt = now
            let updated = try await store.users.update(user)
            if !change.jobs.isEmpty { try await store.jobs.enqueue(change.jobs) }
            try await store.auditLog.record(audit.event(user: id, .userUpdated, personal: change.changed))
            return updated
        }
    }
}
