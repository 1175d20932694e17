public import Core
public import Persistence

extension Accounts {
    /// Opens an account for somebody else, who is told by mail.
    ///
    /// It has no password, and its address is not proven: the link in the mail lets the person choose one, which proves the
    /// address as resetting a password does. It works for ``Lifetimes/firstPassword``; after that the person asks for
    /// another one like whoever forgot a password.
    /// - Throws: ``AuthError/emailTaken``, which an administrator may know; as ``Principal/requireAdministrator(at:)``.
    public func createUser(
        _ registration: Registration, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<AccountOverview>? = nil
    ) async throws -> AccountOverview {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let user = registration.user(id: .make(at: now, randomness: randomness), at: now)
        let link = try link(
            .resetPassword, to: user, as: .accountCreated, lifetime: Lifetimes.firstPassword,
            values: ["hours": String(Int(Lifetimes.firstPassword / .hours(1)))], at: now)
        let created = audit(by: .principal(principal), owner: user.id, origin: origin, at: now).event(
            user: user.id, .userCreated, changes: ["language": user.language.rawValue, "time_zone": user.timeZone.text])
        do {
            return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
                try await requireStillAdministrator(principal, in: store, at: now)
                try await store.users.insert(user, passwordHash: nil)
                try await link.add(to: store)
                try await store.auditLog.record(created)
                return AccountOverview(user: user, lastSeenAt: nil, suspensionReason: nil)
            }
        } catch DatabaseError.duplicate(.userEmail) {
            throw AuthError.emailTaken
        }
    }
}
