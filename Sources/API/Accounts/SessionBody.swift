public import Core

/// A signed-in device as its owner sees it.
public struct SessionBody: Codable, Sendable, Equatable {
    public let id: ID<Session>
    /// Whether it is the one that asks.
    public let current: Bool
    public let deviceName: String?
    public let userAgent: String?
    public let ip: String?
    public let createdAt: Timestamp
    public let lastSeenAt: Timestamp
    /// When it ends unless it is refreshed before.
    public let expiresAt: Timestamp

    public init(_ session: Session, current currentID: ID<Session>) {
        id = session.id
        current = session.id == currentID
        deviceName = session.deviceName
        userAgent = session.userAgent
        ip = session.ip
        createdAt = session.createdAt
        lastSeenAt = session.lastSeenAt
        expiresAt = min(session.idleExpiresAt, session.expiresAt)
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case current
        case deviceName = "device_name"
        case userAgent = "user_agent"
        case ip
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
        case expiresAt = "expires_at"
    }
}

/// Which session a path names.
public struct SessionParameters: Codable, Sendable, Equatable {
    public let id: ID<Session>

    public init(id: ID<Session>) {
        self.id = id
    }
}
