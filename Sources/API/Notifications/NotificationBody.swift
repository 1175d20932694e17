public import Core

/// Something a person is told of.
public struct NotificationBody: Codable, Sendable, Equatable {
    public let id: ID<UserNotification>
    public let kind: NotificationKind
    public let title: String
    public let body: String
    /// Where more is found; null for nowhere.
    public let url: String?
    /// When it was seen; null while unread.
    public let readAt: Timestamp?
    public let createdAt: Timestamp

    /// - Parameter baseURL: What addresses begin with, without a slash at the end.
    public init(_ notification: UserNotification, baseURL: String) {
        id = notification.id
        kind = notification.kind
        title = notification.title
        body = notification.body
        url = notification.path.map { baseURL + $0 }
        readAt = notification.readAt
        createdAt = notification.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case kind
        case title
        case body
        case url
        case readAt = "read_at"
        case createdAt = "created_at"
    }
}

/// A page of notifications, and how many of all are unread.
public struct NotificationListBody: Codable, Sendable, Equatable {
    public let data: [NotificationBody]
    /// Where the next page begins; null on the last.
    public let nextCursor: Cursor?
    public let unreadCount: Int

    public init(_ data: [NotificationBody], next: Cursor?, unreadCount: Int) {
        self.data = data
        nextCursor = next
        self.unreadCount = unreadCount
    }

    private enum CodingKeys: String, CodingKey {
        case data
        case nextCursor = "next_cursor"
        case unreadCount = "unread_count"
    }
}

/// How a person is reached for each kind of notification.
public struct NotificationPreferencesBody: Codable, Sendable, Equatable {
    public struct Preference: Codable, Sendable, Equatable {
        public let kind: NotificationKind
        /// Empty for not at all.
        public let channels: [NotificationChannel]

        public init(kind: NotificationKind, channels: [NotificationChannel]) {
            self.kind = kind
            self.channels = channels
        }
    }

    public let data: [Preference]

    public init(_ data: [Preference]) {
        self.data = data
    }
}

/// Which notification a path names.
public struct NotificationPath: Codable, Sendable, Equatable {
    public let id: ID<UserNotification>

    public init(id: ID<UserNotification>) {
        self.id = id
    }
}
