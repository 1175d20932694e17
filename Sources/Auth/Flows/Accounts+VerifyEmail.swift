public import Core
public import Persistence

extension Accounts {
    /// Proves an address by the token that was mailed to it, which works once.
    /// - Returns: The account as it is now.
    /// - Throws: ``AuthError/invalidToken`` for one unknown, used before or mailed to a former address;
    ///   ``AuthError/tokenExpired``.
    public func verifyEmail(
        token: String, origin: RequestOrigin, receipt: Receipt<User>? = nil
    ) async throws -> User {
        let hash = OneTimeTokens.hash(of: token)
        let now = time.now()
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            guard let token = try await store.oneTimeTokens.consume(hash: hash, purpose: .verifyEmail)
            else { throw AuthError.invalidToken }
            // Throwing brings it back, so that it is answered alike until it is swept.
            guard now < token.expiresAt else { throw AuthError.tokenExpired }
            let before = try await store.users.find(token.userID)
            guard try await store.users.markEmailVerified(token.userID, emailKey: token.emailKey, at: now),
                let user = try await store.users.find(token.userID)
            else { throw AuthError.invalidToken }
            try await store.mailSuppressions.lift(emailKey: token.emailKey, at: now)
            try await store.oneTimeTokens.removeAll(of: user.id, purposes: [.verifyEmail])
            if before?.emailVerifiedAt == nil {
                // Who opened the mail holds the address; nobody is signed in.
                try await store.auditLog.record(
                    audit(by: nil, owner: user.id, origin: origin, at: now).event(user: user.id, .emailVerified))
            }
            return user
        }
    }
}
