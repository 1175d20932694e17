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
        try principal.requireActive()
        for _ in 0..<Self.attempts {
            do {
                return try await attempt(changes, of: principal.user.id, origin: origin, if: isExpected)
            } catch DatabaseError.versionConflict {}
        }
        throw AuthError.versionConflict
    }

    /// The update takes effect only on the version that was read, which is as good as a lock on it.
    private func attempt(
        _ changes: ProfileChanges, of id: ID<User>, origin: RequestOrigin,
        if isExpected: @Sendable (User) throws -> Bool
    ) async throws -> User {
        let now = time.now()
        let audit = audit(by: id, owner: id, origin: origin, at: now)
        return try await database.transaction(.user(id), repetition: .allowed) { store in
            guard var user = try await store.users.find(id) else { throw AuthError.unauthenticated }
            guard try isExpected(user) else { throw AuthError.preconditionFailed }
            let changed = changes.apply(to: &user)
            guard !changed.isEmpty else { return user }
            user.updatedAt = now
            let updated = try await store.users.update(user)
            try await store.auditLog.record(audit.event(user: id, .userUpdated, changes: changed))
            return updated
        }
    }
}
