/// What a person is told of in the application.
public enum NotificationEndpoints {
    public static let list = Endpoint<Nothing, ListQuery, Nothing, OK<NotificationListBody>>(
        .get, "/api/v1/users/me/notifications", id: "listNotifications", tag: "notifications",
        summary: "Lists notifications, newest first, and counts the unread ones.", authentication: .session,
        errors: [.invalidCursor])

    public static let markRead = Endpoint<NotificationPath, Nothing, Nothing, NoContent>(
        .post, "/api/v1/users/me/notifications/{id}/read", id: "markNotificationRead", tag: "notifications",
        summary: "Marks a notification as read.", authentication: .session)

    public static let markAllRead = Endpoint<Nothing, Nothing, Nothing, NoContent>(
        .post, "/api/v1/users/me/notifications/read-all", id: "markAllNotificationsRead", tag: "notifications",
        summary: "Marks all notifications as read.", authentication: .session)

    public static let preferences = Endpoint<Nothing, Nothing, Nothing, OK<NotificationPreferencesBody>>(
        .get, "/api/v1/users/me/notifications/preferences", id: "getNotificationPreferences", tag: "notifications",
        summary: "Shows through which channels each kind of notification comes.", authentication: .session)

    public static let choose = Endpoint<
        Nothing, Nothing, NotificationPreferencesBody, OK<NotificationPreferencesBody>
    >(
        .put, "/api/v1/users/me/notifications/preferences", id: "putNotificationPreferences", tag: "notifications",
        summary: "Chooses channels by kind. Kinds that are not named stay as they are; some channels can't be closed.",
        authentication: .session
    ) {
        $0.entityTag = .none
    }

    public static let stream = Endpoint<Nothing, Nothing, Nothing, EventStream>(
        .get, "/api/v1/users/me/notifications/stream", id: "streamNotifications", tag: "notifications",
        summary: "New notifications as server-sent events; Last-Event-ID goes on where a stream broke off.",
        authentication: .session
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [list, markRead, markAllRead, preferences, choose, stream]
}
