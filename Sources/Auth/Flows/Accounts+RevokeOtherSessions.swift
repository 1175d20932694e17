public import Core
import Persistence

extension Accounts {
    /// Ends all of the person's sessions but the one it is asked through.
    /// - Returns: How many ended.
    /// - Throws: ``AuthError/accountPendingDeletion``.
    @discardableResult
    public func revokeOtherSessions(by principal: Principal, origin: RequestOrigin) async throws -> Int {
        try principal.requireActive()
        return try await endAll(
            of: principal.user.id, except: principal.requireSession().id, reason: .revokedByUser, origin: origin)
    }
}
