import Core

/// A session about to be stored, with what its device will be handed.
struct SessionStart: Sendable {
    let session: Session
    let refresh: RefreshState
    let tokens: TokenPair
    let device: DeviceToken

    func result(for user: User) -> SignInResult {
        SignInResult(user: user, session: session, tokens: tokens, device: device)
    }
}

extension Accounts {
    /// Makes a session and its credentials.
    /// - Parameter device: What the device is known by already, if so; a new mark is made otherwise.
    func startSession(
        of user: ID<User>, deviceName: String?, device: DeviceToken? = nil, origin: RequestOrigin, at now: Timestamp
    ) throws -> SessionStart {
        let id = ID<Session>.make(at: now, randomness: randomness)
        let refreshToken = RefreshToken.make(session: id, generation: 0, keys: keys, randomness: randomness)
        let session = Session(
            id: id, userID: user, deviceName: deviceName ?? Self.deviceName(of: origin), userAgent: origin.userAgent,
            ip: origin.ip, createdAt: now,
            lastSeenAt: now, authenticatedAt: now, idleExpiresAt: now + Lifetimes.idleSession,
            expiresAt: now + Lifetimes.session)
        return SessionStart(
            session: session, refresh: RefreshState(hash: refreshToken.hash),
            tokens: try tokens(of: session, refreshToken: refreshToken, at: now),
            device: device ?? .make(for: user, keys: keys, randomness: randomness))
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
