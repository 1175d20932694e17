import Core
import Persistence

extension Accounts {
    /// Who a verified access token stands for, in one round trip: the token only names the session, so that one ended a
    /// moment ago is dead.
    /// - Throws: ``AuthError/unauthenticated`` when there is no such session of this person;
    ///   ``AuthError/sessionRevoked``, ``AuthError/sessionExpired``, ``AuthError/accountSuspended``.
    public func authenticate(_ claims: AccessClaims) async throws -> Principal {
        guard let (session, user) = try await database.scoped(.system).sessions.authenticate(claims.sessionID),
            session.userID == claims.userID
        else { throw AuthError.unauthenticated }
        return try Principal(checking: session, of: user, at: time.now())
    }

    /// Notes that the session is in use, for a principal with ``Principal/needsTouch``.
    public func touch(_ principal: Principal) async throws {
        try await database.scoped(.user(principal.user.id)).sessions.touch(
            principal.session.id, at: time.now(), interval: Lifetimes.lastSeenInterval)
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
