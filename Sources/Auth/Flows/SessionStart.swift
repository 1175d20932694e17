import Core

/// A session about to be stored, with what its device will be handed.
struct SessionStart: Sendable {
    let session: Session
    let refresh: RefreshState
    let tokens: TokenPair

    func result(for user: User, on device: DeviceToken) -> SignInResult {
        SignInResult(user: user, session: session, tokens: tokens, device: device)
    }
}

extension Accounts {
    /// Makes a session and its credentials.
    /// - Parameter impersonator: The administrator who acts in the person's name through it, for a shorter time. No
    ///   credential of the person was given then, so that the privileged window is over from the beginning.
    func startSession(
        of user: ID<User>, impersonator: ID<User>? = nil, deviceName: String?, origin: RequestOrigin, at now: Timestamp
    ) throws -> SessionStart {
        let lifetime = impersonator == nil ? Lifetimes.session : Lifetimes.impersonation
        let id = ID<Session>.make(at: now, randomness: randomness)
        let refreshToken = RefreshToken.make(session: id, generation: 0, keys: keys, randomness: randomness)
        let session = Session(
            id: id, userID: user, impersonatorID: impersonator, deviceName: deviceName ?? Self.deviceName(of: origin),
            userAgent: origin.userAgent, ip: origin.ip, createdAt: now, lastSeenAt: now,
            authenticatedAt: impersonator == nil ? now : now - Lifetimes.privilegedWindow,
            idleExpiresAt: now + min(Lifetimes.idleSession, lifetime), expiresAt: now + lifetime)
        return SessionStart(
            session: session, refresh: RefreshState(hash: refreshToken.hash),
            tokens: try tokens(of: session, refreshToken: refreshToken, at: now))
    }

    /// A mark for a device that this person has just signed in on for the first time.
    func markDevice(of user: ID<User>) -> DeviceToken {
        .make(for: user, keys: keys, randomness: randomness)
    }

    /// A name for a device that was given none.
    private static func deviceName(of origin: RequestOrigin) -> String? {
        origin.userAgent.flatMap { DeviceDescription(userAgent: $0)?.text }
    }

    /// The credentials of a session: a new access token beside the refresh token.
    func tokens(of session: Session, refreshToken: RefreshToken, at now: Timestamp) throws -> TokenPair {
        let access = try issuer.issue(user: session.userID, session: session.id, now: now)
        return TokenPair(
            accessToken: access.text, accessTokenLifetime: access.expiresIn, refreshToken: refreshToken.text)
    }
}
