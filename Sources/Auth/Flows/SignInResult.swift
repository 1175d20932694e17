public import Core

/// A new session and what its device is handed.
public struct SignInResult: Sendable {
    public let user: User
    public let session: Session
    public let tokens: TokenPair
    /// Marks the device as one this person signed in on, to be kept for ``Lifetimes/knownDevice``.
    public let device: DeviceToken
}

/// A session whose refresh token was exchanged.
public struct RefreshResult: Sendable {
    public let session: Session
    public let tokens: TokenPair
}

/// The credentials of a session. Prints redacted.
public struct TokenPair: Sendable, CustomStringConvertible, CustomReflectable {
    /// A signed token that names the session.
    public let accessToken: String
    /// How long it is good from now on.
    public let accessTokenLifetime: Duration
    /// Good once.
    public let refreshToken: String

    public var description: String { "TokenPair(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
