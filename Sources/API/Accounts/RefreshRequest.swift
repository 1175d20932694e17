/// Asks for a new pair of tokens. A browser sends its cookie instead of the token.
public struct RefreshRequest: Codable, Sendable {
    public let refreshToken: TokenText?

    public init(refreshToken: TokenText? = nil) {
        self.refreshToken = refreshToken
    }

    private enum CodingKeys: String, CodingKey {
        case refreshToken = "refresh_token"
    }
}

/// A new pair of tokens. A browser gets them in cookies and finds null here.
public struct TokenResponse: Codable, Sendable, Equatable {
    public let accessToken: String?
    public let refreshToken: String?
    /// Seconds until the access token runs out.
    public let expiresIn: Int

    public init(accessToken: String?, refreshToken: String?, expiresIn: Int) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresIn = expiresIn
    }

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case expiresIn = "expires_in"
    }
}
