/// Somebody is signed in. A browser gets its tokens in cookies and finds null here.
public struct LoginResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case ok
    }

    public let status: Status
    public let user: UserBody
    public let accessToken: String?
    public let refreshToken: String?
    /// Seconds until the access token runs out.
    public let expiresIn: Int

    public init(user: UserBody, accessToken: String?, refreshToken: String?, expiresIn: Int) {
        status = .ok
        self.user = user
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresIn = expiresIn
    }

    private enum CodingKeys: String, CodingKey {
        case status
        case user
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case expiresIn = "expires_in"
    }
}
