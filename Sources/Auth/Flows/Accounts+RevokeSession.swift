public import Core
import Persistence

extension Accounts {
    /// Ends one of the person's sessions, the current one or another.
    /// - Throws: ``AuthError/notFound`` when the person has no such live session;
    ///   ``AuthError/accountPendingDeletion``.
    public func revokeSession(_ id: ID<Session>, by principal: Principal, origin: RequestOrigin) async throws {
        try principal.requireActive()
        let wasLive = try await end(
            id, of: principal.user.id, reason: .revokedByUser, actor: principal.user.id, origin: origin)
        guard wasLive else { throw AuthError.notFound }
    }
}
