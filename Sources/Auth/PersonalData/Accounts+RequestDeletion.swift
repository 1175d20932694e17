public import Core
import Persistence

extension Accounts {
    /// Asks for the own account to be deleted: personal data is erased after ``Lifetimes/deletion``, until when a sign-in
    /// may bring it back. Other sessions and mailed links end; the own session may only restore, export and sign out.
    /// Of several that ask at once the first counts; the others are answered alike.
    /// - Parameter isExpected: Whether the account is still what the caller took it for (`If-Match`), asked of the locked row.
    /// - Returns: When the data is erased.
    /// - Throws: ``AuthError/soleOwner`` for the only owner of a team; ``AuthError/preconditionFailed``, ``AuthError/sessionRevoked``; as ``Principal/requireFresh(at:)``.
    public func requestDeletion(
        of principal: Principal, origin: RequestOrigin, if isExpected: @Sendable (User) throws -> Bool = { _ in true }
    ) async throws -> Timestamp {
        let now = time.now()
        let session = try principal.requireFresh(at: now)
        let id = principal.user.id
        let audit = audit(by: principal, origin: origin, at: now)
        return try await database.transaction(.system, repetition: .allowed) { store in
            let user = try await lock(id, through: session, in: store, at: now).user
            if let purgeAt = user.purgeAt { return purgeAt }
            guard try isExpected(user) else { throw AuthError.preconditionFailed }
            let purgeAt = try await scheduleDeletion(
                of: user, except: session.id, telling: .deletionRequested, in: store, at: now)
            try await store.auditLog.record(
                audit.event(user: id, .deletionRequested, changes: ["purge_at": purgeAt.description]))
            return purgeAt
        }
    }

    /// Sets a locked account on its way to deletion, whoever asked; in the scope of the system.
    /// - Returns: When the data is erased.
    /// - Throws: ``AuthError/soleOwner``: a team always has an owner.
    func scheduleDeletion(
        of user: User, except kept: ID<Session>?, telling kind: NotificationKind, in store: any Store, at now: Timestamp
    ) async throws -> Timestamp {
        guard try await store.teams.listOwnedAlone(by: user.id).isEmpty else { throw AuthError.soleOwner }
        var user = user
        let purgeAt = now + Lifetimes.deletion
        (user.deletedAt, user.purgeAt, user.updatedAt) = (now, purgeAt, now)
        user = try await store.users.update(user)
        try await endAccess(of: user.id, except: kept, reason: .deleted, in: store, at: now)
        let notice = notice(kind, to: user, at: now)
        try await notice.send(mail: notice.mail(), in: store)
        return purgeAt
    }
}
