public import Core
public import Persistence

extension Accounts {
    /// Ends the session in which an administrator acts in a person's name, whatever has become of the account. The
    /// administrator's own session is another, and goes on.
    /// - Throws: ``AuthError/notFound`` when nobody acts in the person's name.
    public func endImpersonation(
        by principal: Principal, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        guard principal.impersonatorID != nil else { throw AuthError.notFound }
        _ = try await end(
            principal.requireSession().id, of: principal.user.id, reason: .impersonationEnded,
            actor: .principal(principal), origin: origin, receipt: receipt?.mapping { _ in })
    }
}
