public import Core
public import Persistence

/// What a person is told of in the application, and how they want to be reached.
public struct NotificationCentre: Sendable {
    /// Notifications that one look at the news brings at most.
    public static let newsLimit = 100

    private let database: any Database
    private let signals: any UserSignals
    private let time: TimeSource

    public init(database: any Database, signals: any UserSignals, time: TimeSource = .system) {
        self.database = database
        self.signals = signals
        self.time = time
    }

    private func notifications(of user: ID<User>) -> any NotificationRepository {
        database.scoped(.user(user)).notifications
    }

    /// A person's notifications, latest first, and how many of all are unread.
    public func list(
        of user: ID<User>, page: PageRequest
    ) async throws -> (page: Page<UserNotification>, unread: Int) {
        let notifications = notifications(of: user)
        async let unread = notifications.unreadCount(of: user)
        return (page: try await notifications.list(of: user, page: page), unread: try await unread)
    }

    /// - Returns: False when the person has none with this id.
    public func markRead(_ id: ID<UserNotification>, of user: ID<User>) async throws -> Bool {
        try await notifications(of: user).markRead(id, of: user, at: time.now())
    }

    public func markAllRead(of user: ID<User>) async throws {
        try await notifications(of: user).markAllRead(of: user, at: time.now())
    }

    /// The channels in use for every kind, in the order of the kinds.
    public func preferences(
        of user: ID<User>
    ) async throws -> [(kind: NotificationKind, channels: Set<NotificationChannel>)] {
        let choices = try await notifications(of: user).choices(of: user)
        return NotificationKind.allCases.map { (kind: $0, channels: $0.channels(chosen: choices[$0])) }
    }

    /// Keeps what the person chose; kinds that are not named stay as they are. Channels that nobody can close stay open.
    public func choose(
        _ choices: [NotificationKind: Set<NotificationChannel>], of user: ID<User>
    ) async throws {
        try await database.transaction(.user(user), repetition: .allowed) { store in
            for (kind, channels) in choices.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                try await store.notifications.choose(channels, for: kind, of: user)
            }
        }
    }

    /// Those after the one named, oldest first.
    public func news(of user: ID<User>, after id: ID<UserNotification>) async throws -> [UserNotification] {
        try await notifications(of: user).list(of: user, after: id, limit: Self.newsLimit)
    }

    /// An element when it is worth looking for news.
    public func wakeUps(of user: ID<User>) -> AsyncStream<Void> { signals.wakeUps(of: user) }
}
