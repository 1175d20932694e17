import Core
import Persistence

extension Accounts {
    /// Who a verified access token stands for, in one round trip: the token only names the session, so that one ended a
    /// moment ago is dead.
    ///
    /// What became of an administrator who acts in the person's name is not asked: whatever ends access of the
    /// administrator ends such sessions in the same unit of work (``SessionRepository/revokeAll(of:except:reason:at:)``),
    /// which spares every request of everybody a look at a second account.
    /// - Throws: ``AuthError/unauthenticated`` when there is no such session of this person;
    ///   ``AuthError/sessionRevoked``, ``AuthError/sessionExpired``, ``AuthError/accountSuspended``.
    public func authenticate(_ claims: AccessClaims) async throws -> Principal {
        guard let (session, user) = try await database.scoped(.system).sessions.authenticate(claims.sessionID),
            session.userID == claims.userID
        else { throw AuthError.unauthenticated }
        return try Principal(checking: session, of: user, at: time.now())
    }

    /// Who an API key acts for, in one round trip. The stored hash decides: a key outlives the master key that tagged it.
    /// - Throws: ``AuthError/unauthenticated`` for one that is none of ours, was removed or has expired;
    ///   ``AuthError/accountSuspended``, ``AuthError/accountPendingDeletion``.
    public func authenticate(_ secret: APIKeySecret) async throws -> Principal {
        guard let (key, hash, user) = try await database.scoped(.system).apiKeys.authenticate(secret.keyID),
            ConstantTime.equal(hash, secret.hash)
        else { throw AuthError.unauthenticated }
        let now = time.now()
        if let expiresAt = key.expiresAt, expiresAt <= now { throw AuthError.unauthenticated }
        guard user.suspendedAt == nil else { throw AuthError.accountSuspended }
        guard user.deletedAt == nil else { throw AuthError.accountPendingDeletion }
        let needsTouch = key.lastUsedAt.map { $0 < now - Lifetimes.lastSeenInterval } ?? true
        return Principal(user: user, credential: .apiKey(key), needsTouch: needsTouch)
    }

    /// Notes that the credential is in use, for a principal with ``Principal/needsTouch``.
    public func touch(_ principal: Principal) async throws {
        let store = database.scoped(.user(principal.user.id))
        let (now, interval) = (time.now(), Lifetimes.lastSeenInterval)
        switch principal.credential {
        case .session(let session): try await store.sessions.touch(session.id, at: now, interval: interval)
        case .apiKey(let key): try await store.apiKeys.touch(key.id, at: now, interval: interval)
        }
    }
}

extension Principal {
    /// The person of a session that can be used at `now`.
    init(checking session: Session, of user: User, at now: Timestamp) throws(AuthError) {
        guard session.revokedAt == nil else { throw .sessionRevoked }
        guard session.isLive(at: now) else { throw .sessionExpired }
        guard user.suspendedAt == nil else { throw .accountSuspended }
        if let purgeAt = user.purgeAt, purgeAt <= now { throw .unauthenticated }
        self.init(
            user: user, session: session, needsTouch: session.lastSeenAt < now - Lifetimes.lastSeenInterval)
    }
}
