public import Core
public import Persistence

extension Accounts {
    /// Exchanges a refresh token for the next pair.
    ///
    /// Each token is good once. The one used last may come again within ``RefreshDecision/repeatWindow`` while its
    /// successor is unused, and gets the same successor: two tabs, or an answer that was lost. Any older one ends the
    /// session, since somebody has a copy.
    /// - Throws: ``AuthError/refreshInvalid``, ``AuthError/refreshReused``, ``AuthError/sessionExpired``,
    ///   ``AuthError/sessionRevoked``.
    public func refreshSession(
        _ token: String, origin: RequestOrigin, receipt: Receipt<RefreshResult>? = nil
    ) async throws -> RefreshResult {
        guard let presented = RefreshToken(token), presented.isAuthentic(keys) else { throw AuthError.refreshInvalid }
        do {
            return try await database.change(.system, receipt: receipt) { store in
                try await exchange(presented, in: store.sessions, at: time.now())
            }
        } catch let reuse as Reuse {
            try await end(reuse.session, reusedGeneration: presented.generation, origin: origin)
            throw AuthError.refreshReused
        }
    }

    /// A token of this session came again.
    private struct Reuse: Error {
        let session: Session
    }

    private func exchange(
        _ presented: RefreshToken, in sessions: any SessionRepository, at now: Timestamp
    ) async throws -> RefreshResult {
        let successor = RefreshToken.make(
            session: presented.sessionID, generation: presented.generation + 1, keys: keys, randomness: randomness)
        let rotated = try await sessions.rotate(
            presented.sessionID, presented: presented.hash, successor: successor.hash,
            sealedSuccessor: try RefreshSuccessor.seal(successor, underParent: presented), at: now,
            idleExpiresAt: now + Lifetimes.idleSession)
        if let rotated { return try result(for: rotated, successor, at: now) }

        guard let (session, state) = try await sessions.refreshState(of: presented.sessionID)
        else { throw AuthError.refreshInvalid }
        switch RefreshDecision.decide(presented: presented, session: session, state: state, now: now) {
        case .repeatSuccessor(let sealed):
            guard let successor = RefreshSuccessor.open(sealed, underParent: presented)
            else { throw AuthError.refreshInvalid }
            return try result(for: session, successor, at: now)
        case .reused: throw Reuse(session: session)
        case .sessionExpired: throw AuthError.sessionExpired
        case .sessionRevoked: throw AuthError.sessionRevoked
        case .invalid: throw AuthError.refreshInvalid
        }
    }

    private func result(
        for session: Session, _ refreshToken: RefreshToken, at now: Timestamp
    ) throws -> RefreshResult {
        RefreshResult(session: session, tokens: try tokens(of: session, refreshToken: refreshToken, at: now))
    }

    /// Ends a session of whose tokens somebody has a copy, and tells its person.
    private func end(_ session: Session, reusedGeneration: Int64, origin: RequestOrigin) async throws {
        guard let user = try await database.scoped(.system).users.find(session.userID) else { return }
        let now = time.now()
        let mayMail = try await reserveMail(.refreshTokenReused, to: user.email)
        let notice = notice(.deviceSignedOut, to: user, at: now)
        // Whoever presented the token is not known to be the person.
        let detected = audit(by: .nobody, owner: user.id, origin: origin, at: now).event(
            session: session.id, .refreshTokenReused, changes: ["generation": String(reusedGeneration)])
        try await database.transaction(.system, repetition: .allowed) { store in
            _ = try await store.users.findLocked(user.id)
            // Of several that come at once, whoever ends the session records it and whoever may mail does.
            if try await store.sessions.revoke(session.id, of: user.id, reason: .refreshTokenReused, at: now) {
                try await store.auditLog.record(detected)
                try await notice.send(mail: nil, in: store)
            }
            if mayMail { try await store.jobs.enqueue(notice.mail()) }
        }
    }
}
