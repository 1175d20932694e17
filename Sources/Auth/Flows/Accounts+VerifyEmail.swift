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
        let now = time.now()
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            let (_, user) = try await redeem(token, .verifyEmail, in: store, at: now)
            try await store.oneTimeTokens.removeAll(of: user.id, purposes: [.verifyEmail])
            return try await prove(user, origin: origin, in: store, at: now)
        }
    }

    /// Notes that whoever opened a mail holds the address; nobody is signed in by it.
    /// - Returns: The account as it is now.
    func prove(
        _ user: User, origin: RequestOrigin, in store: any Store, at now: Timestamp
    ) async throws -> User {
        try await store.mailSuppressions.lift(emailKey: user.email.key, at: now)
        guard user.emailVerifiedAt == nil else { return user }
        guard try await store.users.markEmailVerified(user.id, emailKey: user.email.key, at: now),
            let proven = try await store.users.find(user.id)
        else { throw AuthError.invalidToken }
        try await store.auditLog.record(
            audit(by: .nobody, owner: user.id, origin: origin, at: now).event(user: user.id, .emailVerified))
        return proven
    }
}
