import Core
import Persistence

struct InMemoryNotifications: NotificationRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ notification: UserNotification) async throws {
        try await access.write { tables in
            try Scope.require(scope.sees(notification.userID))
            guard tables.notifications[notification.id] == nil else { throw DatabaseError.uniqueViolation }
            guard tables.users[notification.userID] != nil else { throw DatabaseError.foreignKeyViolation }
            tables.notifications[notification.id] = notification
            tables.touched.insert(notification.userID)
        }
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<UserNotification> {
        try await access.read { tables in
            .latestFirst(tables.notifications.values.filter(isOf(user)), page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func list(of user: ID<User>, after id: ID<UserNotification>, limit: Int) async throws -> [UserNotification] {
        try await access.read { tables in
            let later = tables.notifications.values.filter { isOf(user)($0) && $0.id > id }
            return Array(later.sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    func unreadCount(of user: ID<User>) async throws -> Int {
        try await access.read { $0.notifications.values.count { isOf(user)($0) && $0.readAt == nil } }
    }

    func markRead(_ id: ID<UserNotification>, of user: ID<User>, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard let notification = tables.notifications[id], isOf(user)(notification) else { return false }
            if notification.readAt == nil { tables.notifications[id]?.readAt = time }
            return true
        }
    }

    func markAllRead(of user: ID<User>, at time: Timestamp) async throws -> Int {
        try await access.write { tables in
            let unread = tables.notifications.values.filter { isOf(user)($0) && $0.readAt == nil }
            for notification in unread { tables.notifications[notification.id]?.readAt = time }
            return unread.count
        }
    }

    func remove(createdBefore time: Timestamp) async throws -> Int {
        try await access.write { tables in
            let old = tables.notifications.values.filter { scope.sees($0.userID) && $0.createdAt < time }
            for notification in old { tables.notifications[notification.id] = nil }
            return old.count
        }
    }

    func choices(of user: ID<User>) async throws -> [NotificationKind: Set<NotificationChannel>] {
        try await access.read { scope.sees(user) ? $0.notificationChoices[user] ?? [:] : [:] }
    }

    func choose(_ channels: Set<NotificationChannel>, for kind: NotificationKind, of user: ID<User>) async throws {
        try await access.write { tables in
            try Scope.require(scope.sees(user))
            guard tables.users[user] != nil else { throw DatabaseError.foreignKeyViolation }
            tables.notificationChoices[user, default: [:]][kind] = channels
        }
    }

    private func isOf(_ user: ID<User>) -> (UserNotification) -> Bool {
        { [scope] in $0.userID == user && scope.sees(user) }
    }
}
