/// Something a person is told of in the application.
public struct UserNotification: Sendable, Equatable, Identifiable {
    /// What title and body may measure, in bytes of UTF-8.
    public static let longestTitle = 400
    public static let longestBody = 4000

    public let id: ID<UserNotification>
    public let userID: ID<User>
    public let kind: NotificationKind
    /// In the person's language.
    public let title: String
    public let body: String
    /// Where more is found, below the base URL: `/settings/sessions`; nil for nowhere.
    public let path: String?
    /// When the person saw it; nil while unread.
    public var readAt: Timestamp?
    public let createdAt: Timestamp

    public init(
        id: ID<UserNotification>, userID: ID<User>, kind: NotificationKind, title: String, body: String, path: String?,
        readAt: Timestamp? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.userID = userID
        self.kind = kind
        self.title = title
        self.body = body
        self.path = path
        self.readAt = readAt
        self.createdAt = createdAt
    }
}
