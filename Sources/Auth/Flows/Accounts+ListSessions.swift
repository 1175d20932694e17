public import Core
import Persistence

extension Accounts {
    /// The person's live sessions, latest first.
    /// - Throws: ``AuthError/accountPendingDeletion``.
    public func listSessions(of principal: Principal, page: PageRequest) async throws -> Page<Session> {
        try principal.requireActive()
        let user = principal.user.id
        return try await database.scoped(.user(user)).sessions.list(of: user, liveAt: time.now(), page: page)
    }
}
