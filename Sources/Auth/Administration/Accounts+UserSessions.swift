public import Core
import Persistence

extension Accounts {
    /// Somebody's live sessions, latest first.
    /// - Throws: ``AuthError/notFound``; as ``Principal/requireAdministrator()``.
    public func listSessions(
        of user: ID<User>, by principal: Principal, page: PageRequest
    ) async throws -> Page<Session> {
        try principal.requireAdministrator()
        let (store, now) = (database.scoped(.system), time.now())
        _ = try await overview(of: user, in: store, at: now)
        return try await store.sessions.list(of: user, liveAt: now, page: page)
    }

    /// Signs somebody out everywhere, and ends the sessions in which the person acts as somebody else. The person is told.
    /// Does nothing about somebody who is signed in nowhere.
    /// - Parameter reason: 1 to 500 characters, for the audit log; nil for none.
    /// - Returns: How many sessions of the person ended.
    /// - Throws: ``AuthError/reasonRejected``; ``AuthError/forbidden`` for the own account; ``AuthError/notFound``; as
    ///   ``Principal/requireAdministrator(at:)``.
    @discardableResult
    public func endSessions(
        of user: ID<User>, reason: String? = nil, by principal: Principal, origin: RequestOrigin
    ) async throws -> Int {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let reason = try reason.map { try AdministrativeReason($0) }
        let audit = audit(by: .principal(principal), owner: user, origin: origin, at: now)
        return try await database.transaction(.system, repetition: .allowed) { store in
            let person = try await lock(user, for: principal, in: store, at: now)
            let ended = try await store.sessions.revokeAll(of: user, except: nil, reason: .revokedByAdmin, at: now)
            guard !ended.isEmpty else { return 0 }
            let notice = notice(.sessionsEnded, to: person, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(
                audit.event(
                    .sessionRevoked, on: "session", ended.count == 1 ? ended.first : nil,
                    changes: ["reason": RevocationReason.revokedByAdmin.rawValue, "count": String(ended.count)],
                    personal: reason?.personal ?? [:]))
            return ended.count
        }
    }
}
