import Core
import Persistence
import PostgresClient

struct PostgresNotificationRepository: NotificationRepository {
    let runner: any StatementRunner
    /// Called after a statement that added a notification of a person.
    let changed: @Sendable (WakeUps.Topic) -> Void

    func insert(_ notification: UserNotification) async throws {
        try await runner.change(
            """
            insert into notifications (id, user_id, kind, title, body, path, read_at, created_at)
            values (
                \(notification.id), \(notification.userID), \(notification.kind), \(notification.title),
                \(notification.body), \(notification.path), \(notification.readAt), \(notification.createdAt))
            """)
        changed(.user(notification.userID))
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<UserNotification> {
        try await runner.page(
            """
            select \(unescaped: UserNotification.columns)
            from notifications
            where user_id = \(user) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, UserNotification.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func list(of user: ID<User>, after id: ID<UserNotification>, limit: Int) async throws -> [UserNotification] {
        try await runner.all(
            """
            select \(unescaped: UserNotification.columns)
            from notifications
            where user_id = \(user) and id > \(id)
            order by id
            limit \(limit)
            """, UserNotification.init(columns:))
    }

    func unreadCount(of user: ID<User>) async throws -> Int {
        try await runner.first(
            "select count(*) from notifications where user_id = \(user) and read_at is null"
        ) { columns throws(PostgresDecodingError) in try columns.next() } ?? 0
    }

    func markRead(_ id: ID<UserNotification>, of user: ID<User>, at time: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            update notifications
            set read_at = coalesce(read_at, \(time))
            where user_id = \(user) and id = \(id)
            """) == 1
    }

    func markAllRead(of user: ID<User>, at time: Timestamp) async throws -> Int {
        try await runner.change(
            "update notifications set read_at = \(time) where user_id = \(user) and read_at is null")
    }

    func remove(createdBefore time: Timestamp) async throws -> Int {
        try await runner.change("delete from notifications where created_at < \(time)")
    }

    func choices(of user: ID<User>) async throws -> [NotificationKind: Set<NotificationChannel>] {
        let rows = try await runner.all(
            "select kind, channels from notification_choices where user_id = \(user)"
        ) { columns throws(PostgresDecodingError) -> (kind: String, channels: [String]) in
            (kind: try columns.next(), channels: try columns.next())
        }
        // What a later release made choices of is not offered here.
        let known = rows.compactMap { row in
            NotificationKind(rawValue: row.kind)
                .map { ($0, Set(row.channels.compactMap { NotificationChannel(rawValue: $0) })) }
        }
        return Dictionary(known) { first, _ in first }
    }

    func choose(_ channels: Set<NotificationChannel>, for kind: NotificationKind, of user: ID<User>) async throws {
        let names = channels.map(\.rawValue).sorted()
        try await runner.change(
            """
            insert into notification_choices (user_id, kind, channels)
            values (\(user), \(kind), \(names))
            on conflict (user_id, kind) do update set channels = excluded.channels
            """)
    }
}
