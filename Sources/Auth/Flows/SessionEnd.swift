import Core
import Persistence

extension Accounts {
    /// Locks the account of a session, which must still be live then: what ends sessions holds the same lock, so nothing is
    /// added to an account through a session that ended meanwhile.
    /// - Throws: ``AuthError/sessionRevoked``, ``AuthError/unauthenticated``.
    func lock(
        _ user: ID<User>, through session: Session, in store: any Store, at now: Timestamp
    ) async throws -> (user: User, passwordHash: String?) {
        guard let found = try await store.users.findLocked(user) else { throw AuthError.unauthenticated }
        guard try await store.sessions.authenticate(session.id)?.session.isLive(at: now) == true
        else { throw AuthError.sessionRevoked }
        return found
    }

    /// Ends one live session of a person. Locks the account first, so that no session in which the person acts as somebody
    /// else begins meanwhile.
    /// - Returns: False when there is no such live session.
    func end(
        _ session: ID<Session>, of user: ID<User>, reason: RevocationReason, actor: AuditActor, origin: RequestOrigin,
        receipt: Receipt<Bool>? = nil
    ) async throws -> Bool {
        let now = time.now()
        let revoked = audit(by: actor, owner: user, origin: origin, at: now)
            .event(session: session, .sessionRevoked, changes: ["reason": reason.rawValue])
        return try await database.transaction(.user(user), repetition: .allowed, receipt: receipt) { store in
            _ = try await store.users.findLocked(user)
            guard try await store.sessions.revoke(session, of: user, reason: reason, at: now) else { return false }
            try await store.auditLog.record(revoked)
            return true
        }
    }

    /// Ends all live sessions of a person but `kept`, in one audit row that counts them. Locks the account as the end of one
    /// does.
    /// - Returns: How many.
    func endAll(
        of principal: Principal, except kept: ID<Session>?, reason: RevocationReason, origin: RequestOrigin,
        receipt: Receipt<Int>? = nil
    ) async throws -> Int {
        let (user, now) = (principal.user.id, time.now())
        let audit = audit(by: principal, origin: origin, at: now)
        return try await database.transaction(.user(user), repetition: .allowed, receipt: receipt) { store in
            _ = try await store.users.findLocked(user)
            let ended = try await store.sessions.revokeAll(of: user, except: kept, reason: reason, at: now)
            guard !ended.isEmpty else { return 0 }
            var changes = ["reason": reason.rawValue, "count": String(ended.count)]
            changes["kept"] = kept?.description
            try await store.auditLog.record(
                audit.event(session: ended.count == 1 ? ended.first : nil, .sessionRevoked, changes: changes))
            return ended.count
        }
    }
}
