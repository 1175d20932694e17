public import Core

/// The notifications of people and how they want to be reached.
public protocol NotificationRepository: Sendable {
    func insert(_ notification: UserNotification) async throws

    /// A person's notifications, latest first by creation, then id.
    func list(of user: ID<User>, page: PageRequest) async throws -> Page<UserNotification>

    /// Those with a greater id than the one named, in the order of their ids; at most `limit`.
    func list(of user: ID<User>, after id: ID<UserNotification>, limit: Int) async throws -> [UserNotification]

    func unreadCount(of user: ID<User>) async throws -> Int

    /// Notes when a notification was first seen.
    /// - Returns: False when the person has none with this id.
    func markRead(_ id: ID<UserNotification>, of user: ID<User>, at time: Timestamp) async throws -> Bool

    /// Marks all that are unread.
    /// - Returns: How many.
    @discardableResult
    func markAllRead(of user: ID<User>, at time: Timestamp) async throws -> Int

    /// Removes those made before `time`.
    /// - Returns: How many.
    func remove(createdBefore time: Timestamp) async throws -> Int

    /// What the person chose; a kind without a choice is missing.
    func choices(of user: ID<User>) async throws -> [NotificationKind: Set<NotificationChannel>]

    /// Keeps the person's choice for one kind.
    func choose(_ channels: Set<NotificationChannel>, for kind: NotificationKind, of user: ID<User>) async throws
}

extension NotificationRepository {
    /// The channels through which a person is notified of this kind.
    public func channels(for kind: NotificationKind, of user: ID<User>) async throws -> Set<NotificationChannel> {
        try await kind.channels(chosen: choices(of: user)[kind])
    }
}

extension NotificationKind {
    /// The channels in use, given what the person chose.
    public func channels(chosen: Set<NotificationChannel>?) -> Set<NotificationChannel> {
        (chosen ?? standard).union(mandatory)
    }
}
