public import Core
import Persistence

extension Accounts {
    /// Ends all of the person's sessions but the one it is asked through.
    /// - Returns: How many ended.
    /// - Throws: As ``Principal/requireOwnSession()``.
    @discardableResult
    public func revokeOtherSessions(by principal: Principal, origin: RequestOrigin) async throws -> Int {
        let session = try principal.requireOwnSession()
        return try await endAll(of: principal, except: session.id, reason: .revokedByUser, origin: origin)
    }
}
