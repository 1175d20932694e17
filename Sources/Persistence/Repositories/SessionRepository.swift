public import Core

/// The signed-in devices and the state of their refresh tokens.
///
/// In the scope of a person only that person's sessions are visible, and those in which the person acts as somebody else,
/// which can be ended there but not otherwise changed.
public protocol SessionRepository: Sendable {
    func insert(_ session: Session, refresh: RefreshState) async throws

    /// The session and its user in one round trip, whether live or not; nil when there is none.
    /// What every request with an access token asks.
    func authenticate(_ id: ID<Session>) async throws -> (session: Session, user: User)?

    /// Exchanges the refresh token for its successor by one atomic statement: only where `presented` is the current hash
    /// and the session is live at `time`. The parent, the sealed successor and the time of rotation are kept.
    /// - Returns: The session as it is now, or nil when nothing was exchanged.
    func rotate(
        _ id: ID<Session>, presented: [UInt8], successor: [UInt8], sealedSuccessor: [UInt8], at time: Timestamp,
        idleExpiresAt: Timestamp
    ) async throws -> Session?

    /// The session with its refresh state, whether live or not.
    func refreshState(of id: ID<Session>) async throws -> (session: Session, refresh: RefreshState)?

    /// Erases sealed successors made before `time`.
    /// - Returns: How many.
    func eraseSealedSuccessors(rotatedBefore time: Timestamp) async throws -> Int

    /// The user's sessions live at `time`, latest first by creation, then id.
    func list(of user: ID<User>, liveAt time: Timestamp, page: PageRequest) async throws -> Page<Session>

    /// All of the user's sessions, ended ones too, latest first by creation, then id.
    func list(of user: ID<User>, page: PageRequest) async throws -> Page<Session>

    /// Removes sessions whose ``Session/expiresAt`` is before `time`. Only the system may.
    /// - Returns: How many.
    func remove(expiredBefore time: Timestamp) async throws -> Int

    /// Notes that it was used, if `lastSeenAt` is older than `interval`.
    func touch(_ id: ID<Session>, at time: Timestamp, interval: Duration) async throws

    /// Notes that the person gave a credential again, which opens the privileged window anew.
    /// - Returns: Whether the session is a live one of `user`.
    func renewAuthentication(_ id: ID<Session>, of user: ID<User>, at time: Timestamp) async throws -> Bool

    /// Ends one session of `user`, and all in which `user` acts as somebody else: they may be open on the same device.
    /// - Returns: Whether the one was live; false when it is another's, absent or already ended.
    func revoke(_ id: ID<Session>, of user: ID<User>, reason: RevocationReason, at time: Timestamp) async throws -> Bool

    /// Ends every live session of `user` but `kept`, and all in which `user` acts as somebody else.
    /// - Returns: The ended ones of `user`.
    func revokeAll(
        of user: ID<User>, except kept: ID<Session>?, reason: RevocationReason, at time: Timestamp
    ) async throws -> [ID<Session>]
}

/// Why a session ended before its time.
public enum RevocationReason: String, Sendable, CaseIterable {
    case signedOut = "signed_out"
    case revokedByUser = "revoked_by_user"
    case refreshTokenReused = "refresh_token_reused"
    case passwordChanged = "password_changed"
    case passwordReset = "password_reset"
    case emailChanged = "email_changed"
    case secondFactorChanged = "second_factor_changed"
    case suspended = "suspended"
    case deleted = "deleted"
    case revokedByAdmin = "revoked_by_admin"
    case impersonationEnded = "impersonation_ended"
}
