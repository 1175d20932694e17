public import Core

/// Why an administrator acts in somebody's name.
public struct ImpersonateRequest: Codable, Sendable, Equatable {
    public let reason: ReasonText
    /// What the administrator calls the device.
    public let deviceName: DeviceNameText?

    public init(reason: ReasonText, deviceName: DeviceNameText? = nil) {
        self.reason = reason
        self.deviceName = deviceName
    }

    private enum CodingKeys: String, CodingKey {
        case reason
        case deviceName = "device_name"
    }
}

/// A session in somebody's name. A browser gets its tokens in cookies and finds null here.
public struct ImpersonationBody: Codable, Sendable, Equatable {
    /// What a page tells while it lasts.
    public struct Banner: Codable, Sendable, Equatable {
        /// In whose name.
        public let userID: ID<User>
        public let userEmail: EmailAddress
        /// By whom.
        public let impersonatorID: ID<User>
        public let impersonatorEmail: EmailAddress
        /// Until when, however often it is refreshed.
        public let expiresAt: Timestamp

        public init(user: User, impersonator: User, expiresAt: Timestamp) {
            userID = user.id
            userEmail = user.email
            impersonatorID = impersonator.id
            impersonatorEmail = impersonator.email
            self.expiresAt = expiresAt
        }

        private enum CodingKeys: String, CodingKey {
            case userID = "user_id"
            case userEmail = "user_email"
            case impersonatorID = "impersonator_id"
            case impersonatorEmail = "impersonator_email"
            case expiresAt = "expires_at"
        }
    }

    public let user: UserBody
    public let accessToken: String?
    public let refreshToken: String?
    /// Seconds until the access token runs out.
    public let expiresIn: Int
    public let impersonation: Banner

    public init(user: UserBody, accessToken: String?, refreshToken: String?, expiresIn: Int, impersonation: Banner) {
        self.user = user
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresIn = expiresIn
        self.impersonation = impersonation
    }

    private enum CodingKeys: String, CodingKey {
        case user
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case expiresIn = "expires_in"
        case impersonation
    }
}
