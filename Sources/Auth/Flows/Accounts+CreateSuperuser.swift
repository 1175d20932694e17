public import Core
import Persistence

extension Accounts {
    /// Opens the account of an administrator, by command: the operator's word proves the address.
    /// - Throws: ``AuthError/emailTaken``: an account that somebody else opened is never raised, since its password may
    ///   be a stranger's; ``AuthError/passwordRejected(_:)``.
    public func createSuperuser(_ registration: Registration, password: String) async throws -> User {
        try requireAcceptable(
            password, for: registration.email, names: [registration.firstName, registration.lastName])
        return try await openProven(registration, password: password, isSuperuser: true)
    }

    /// Opens an account whose address is taken for proven.
    func openProven(_ registration: Registration, password: String, isSuperuser: Bool) async throws -> User {
        let passwordHash = try await hash(password)
        let now = time.now()
        var opened = registration.user(id: .make(at: now, randomness: randomness), at: now)
        opened.emailVerifiedAt = now
        opened.isSuperuser = isSuperuser
        let user = opened
        let created = audit(by: .nobody, owner: user.id, origin: .none, at: now)
            .event(user: user.id, .userCreatedByCommand, changes: ["is_superuser": String(isSuperuser)])
        do {
            try await database.transaction(.system, repetition: .allowed) { store in
                try await store.users.insert(user, passwordHash: passwordHash)
                try await store.auditLog.record(created)
            }
        } catch DatabaseError.duplicate(.userEmail) {
            throw AuthError.emailTaken
        }
        return user
    }
}
