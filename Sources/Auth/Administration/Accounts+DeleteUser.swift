public import Core
import Persistence

extension Accounts {
    /// Asks for somebody else's account to be deleted, as its person could: the data is erased after ``Lifetimes/deletion``,
    /// until when the person may sign in and keep it. Every session and mailed link ends. The person is told by mail, but not
    /// why.
    /// - Parameters:
    ///   - reason: 1 to 500 characters, for the audit log; nil for none.
    ///   - isExpected: Asked of the locked row; nil where anything will do.
    /// - Returns: When the data is erased; an account that is to be deleted already keeps its time.
    /// - Throws: ``AuthError/reasonRejected``; ``AuthError/forbidden`` for the own account; ``AuthError/notFound``;
    ///   ``AuthError/preconditionFailed``; ``AuthError/soleOwner``; as ``Principal/requireAdministrator(at:)``.
    public func deleteUser(
        _ user: ID<User>, reason: String? = nil, by principal: Principal, origin: RequestOrigin,
        if isExpected: AccountExpectation? = nil
    ) async throws -> Timestamp {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let reason = try reason.map { try AdministrativeReason($0) }
        let audit = audit(by: .principal(principal), owner: user, origin: origin, at: now)
        return try await database.transaction(.system, repetition: .allowed) { store in
            let person = try await lock(user, for: principal, in: store, at: now)
            if let purgeAt = person.purgeAt { return purgeAt }
            try await require(isExpected, of: user, in: store, at: now)
            let purgeAt = try await scheduleDeletion(
                of: person, except: nil, telling: .deletionScheduled, in: store, at: now)
            try await store.auditLog.record(
                audit.event(
                    user: user, .deletionRequested, changes: ["purge_at": purgeAt.description],
                    personal: reason?.personal ?? [:]))
            return purgeAt
        }
    }
}
