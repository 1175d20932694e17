public import Core

/// The signed statement that a session was alive a moment ago (RFC 9068 profile of a JWT); it names the session, no
/// roles.
public enum AccessToken {
    /// How long a token is believed.
    public static let lifetime: Duration = .minutes(5)
    /// How far the clocks of two instances may differ.
    public static let clockSkew: Duration = .seconds(30)
    /// The longest text that is looked at.
    public static let longestInBytes = 4096

    static let type = "at+jwt"
    static let algorithm = "ES256"
}

/// What a verified access token says.
public struct AccessClaims: Sendable, Hashable {
    public let userID: ID<User>
    public let sessionID: ID<Session>
    public let issuedAt: Timestamp
    public let expiresAt: Timestamp

    public init(userID: ID<User>, sessionID: ID<Session>, issuedAt: Timestamp, expiresAt: Timestamp) {
        self.userID = userID
        self.sessionID = sessionID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// Why a text is no access token of ours. All of them are one to the outside: 401.
public enum AccessTokenProblem: Error, Equatable {
    case tooLong
    /// Not three parts of strict base64url with a flat JSON object in the first two.
    case malformed
    /// A member of the header that changes what is verified how (`crit`, `jku`, `jwk`, `x5u`, `x5c`, `b64`), or any
    /// other that ours do not have.
    case forbiddenHeader
    case wrongType
    /// Named by no key that is trusted now.
    case unknownKey
    case wrongAlgorithm
    case badSignature
    case wrongIssuer
    case wrongAudience
    case expired
    case notYetValid
}
