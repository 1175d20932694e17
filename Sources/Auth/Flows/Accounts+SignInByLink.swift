public import Core
public import Persistence

extension Accounts {
    /// Signs a person in by the token of a mailed link, which works once and proves the address.
    ///
    /// An account whose address was never proven loses its password, sessions, keys and links: whoever opened it may have been a
    /// stranger who waits for the mailbox's owner to come. A second factor is asked for all the same.
    /// - Throws: ``AuthError/invalidToken``, ``AuthError/tokenExpired``, ``AuthError/accountSuspended``.
    public func signIn(
        linkToken token: String, on device: SignInDevice, origin: RequestOrigin,
        receipt: Receipt<SignInOutcome>? = nil
    ) async throws -> SignInOutcome {
        let now = time.now()
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            var (_, user) = try await redeem(token, .magicLink, in: store, at: now)
            guard user.isOpenToMail else { throw AuthError.invalidToken }
            if user.emailVerifiedAt == nil { user = try await expelStrangers(from: user, in: store, at: now) }
            let proven = try await prove(user, origin: origin, in: store, at: now)
            let passwordHash = try await store.users.findLocked(user.id)?.passwordHash
            // A mail to the mailbox in which the link was just opened would be no news.
            let entry = SignInEntry(
                method: .link, deviceName: device.name, device: device.mark(of: user.id, keys: keys), origin: origin,
                pendingLink: device.pendingLink, mayMail: false)
            return try await admit(proven, passwordHash: passwordHash, by: entry, in: store, at: now)
        }
    }
}
