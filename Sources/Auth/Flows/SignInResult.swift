public import Core

/// What came of a first factor that was right.
public enum SignInOutcome: Sendable {
    case signedIn(SignInResult)
    /// The account asks for a second factor as well.
    case secondFactorRequired(SecondFactorRequest)
}

/// What is handed out between the two factors of a sign-in.
public struct SecondFactorRequest: Sendable, Equatable {
    /// Good once, until ``expiresAt``, for the account and device that gave the first factor. A secret.
    public let token: String
    /// What the account may answer with.
    public let factors: [SignInMethod]
    public let expiresAt: Timestamp
}

extension SecondFactorRequest: CustomStringConvertible, CustomReflectable {
    public var description: String { "SecondFactorRequest(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

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
