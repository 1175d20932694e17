public import Core
public import Persistence

extension Accounts {
    /// Takes the deletion of the own account back. An account that is not to be deleted stays as it is.
    /// - Returns: The account as it is now.
    /// - Throws: ``AuthError/sessionRevoked``, ``AuthError/unauthenticated`` once it is too late; as
    ///   ``Principal/requireHolder()``.
    public func restore(
        _ principal: Principal, origin: RequestOrigin, receipt: Receipt<User>? = nil
    ) async throws -> User {
        let now = time.now()
        let session = try principal.requireHolder()
        let id = principal.user.id
        let restored = audit(by: principal, origin: origin, at: now).event(user: id, .userRestored)
        return try await database.transaction(.user(id), repetition: .allowed, receipt: receipt) { store in
            var user = try await lock(id, through: session, in: store, at: now).user
            guard let purgeAt = user.purgeAt else { return user }
            guard now < purgeAt else { throw AuthError.unauthenticated }
            (user.deletedAt, user.purgeAt, user.updatedAt) = (nil, nil, now)
            user = try await store.users.update(user)
            let notice = notice(.accountRestored, to: user, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(restored)
            return user
        }
    }
}
