public import Core
import Persistence

extension Accounts {
    /// Ends one of the person's sessions, the current one or another; also one in which an administrator acts in the
    /// person's name.
    /// - Throws: ``AuthError/notFound`` when the person has no such live session; ``AuthError/impersonating`` for
    ///   another's than the own session of somebody who acts in the person's name; ``AuthError/accountPendingDeletion``.
    public func revokeSession(_ id: ID<Session>, by principal: Principal, origin: RequestOrigin) async throws {
        try principal.requireActive()
        if principal.impersonatorID != nil, try principal.requireSession().id != id { throw AuthError.impersonating }
        let wasLive = try await end(
            id, of: principal.user.id, reason: .revokedByUser, actor: .principal(principal), origin: origin)
        guard wasLive else { throw AuthError.notFound }
    }
}
