import Core
import Persistence

extension Accounts {
    /// Whether what the principal may do goes on: the session was not ended and has not run out, the account is active.
    ///
    /// For connections that outlive the access token they were opened with.
    public func isLive(_ principal: Principal) async throws -> Bool {
        guard
            let (session, user) = try await database.scoped(.system).sessions.authenticate(
                principal.requireSession().id),
            session.userID == principal.user.id, let now = try? Principal(checking: session, of: user, at: time.now())
        else { return false }
        return !now.isPendingDeletion
    }
}
