public import Core
public import Persistence

extension Accounts {
    /// Opens an account again that was suspended. Its API keys work again; sessions that ended stay ended. The person is
    /// told. Does nothing about an account that is not suspended.
    /// - Parameter reason: 1 to 500 characters, for the audit log.
    /// - Returns: The account as it is now.
    /// - Throws: As ``suspend(_:reason:by:origin:receipt:)``.
    public func unsuspend(
        _ user: ID<User>, reason: String, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<AccountOverview>? = nil
    ) async throws -> AccountOverview {
        try await setSuspension(
            of: user, to: false, reason: reason, by: principal, origin: origin, receipt: receipt)
    }
}
