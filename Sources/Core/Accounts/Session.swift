/// A signed-in device: one family of refresh tokens, and what its access tokens name.
public struct Session: Sendable, Equatable, Identifiable {
    public let id: ID<Session>
    public let userID: ID<User>
    /// The administrator who acts in the person's name through it; nil for the person's own.
    public let impersonatorID: ID<User>?
    /// What the person called the device, or nil.
    public let deviceName: String?
    public let userAgent: String?
    public let ip: String?
    public let createdAt: Timestamp
    /// Written at most every five minutes.
    public let lastSeenAt: Timestamp
    /// When a credential was last given, which opens the privileged window.
    public let authenticatedAt: Timestamp
    /// When it ends unless refreshed before.
    public let idleExpiresAt: Timestamp
    /// When it ends whatever happens.
    public let expiresAt: Timestamp
    public let revokedAt: Timestamp?

    public init(
        id: ID<Session>, userID: ID<User>, impersonatorID: ID<User>? = nil, deviceName: String?, userAgent: String?,
        ip: String?, createdAt: Timestamp, lastSeenAt: Timestamp, authenticatedAt: Timestamp, idleExpiresAt: Timestamp,
        expiresAt: Timestamp, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.userID = userID
        self.impersonatorID = impersonatorID
        self.deviceName = deviceName
        self.userAgent = userAgent
        self.ip = ip
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.authenticatedAt = authenticatedAt
        self.idleExpiresAt = idleExpiresAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether it can still be used at `time`.
    public func isLive(at time: Timestamp) -> Bool {
        revokedAt == nil && time < idleExpiresAt && time < expiresAt
    }
}
