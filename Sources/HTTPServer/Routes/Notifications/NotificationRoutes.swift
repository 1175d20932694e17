import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import Notifications

/// What a person is told of in the application.
struct NotificationRoutes: Sendable {
    let centre: NotificationCentre
    let accounts: Accounts
    let baseURL: String
    let time: TimeSource
    let randomness: Randomness

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(NotificationEndpoints.list, list)
        try binder.signedIn(NotificationEndpoints.markRead, markRead)
        try binder.signedIn(NotificationEndpoints.markAllRead, markAllRead)
        try binder.signedIn(NotificationEndpoints.preferences, preferences)
        try binder.signedIn(NotificationEndpoints.choose, choose)
        try binder.signedIn(NotificationEndpoints.stream, stream)
    }

    @Sendable private func list(
        _ call: Call<Nothing, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<NotificationListBody>> {
        let (page, unread) = try await centre.list(of: principal.user.id, page: call.query.pageRequest)
        let bodies = page.items.map { NotificationBody($0, baseURL: baseURL) }
        return Reply(OK(NotificationListBody(bodies, next: page.next, unreadCount: unread)))
    }

    @Sendable private func markRead(
        _ call: Call<NotificationPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        guard try await centre.markRead(call.parameters.id, of: principal.user.id) else {
            throw ProblemError(.notFound)
        }
        return Reply(NoContent())
    }

    @Sendable private func markAllRead(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await centre.markAllRead(of: principal.user.id)
        return Reply(NoContent())
    }

    @Sendable private func preferences(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<NotificationPreferencesBody>> {
        Reply(OK(try await preferences(of: principal)))
    }

    @Sendable private func choose(
        _ call: Call<Nothing, Nothing, NotificationPreferencesBody>, _ principal: Principal
    ) async throws -> Reply<OK<NotificationPreferencesBody>> {
        let choices = Dictionary(call.body.data.map { ($0.kind, Set($0.channels)) }) { _, last in last }
        try await centre.choose(choices, of: principal.user.id)
        return Reply(OK(try await preferences(of: principal)))
    }

    private func preferences(of principal: Principal) async throws -> NotificationPreferencesBody {
        NotificationPreferencesBody(
            try await centre.preferences(of: principal.user.id).map { preference in
                .init(
                    kind: preference.kind,
                    channels: NotificationChannel.allCases.filter { preference.channels.contains($0) })
            })
    }

    @Sendable private func stream(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<EventStream> {
        let stream = NotificationStream(
            centre: centre, accounts: accounts, principal: principal, baseURL: baseURL, time: time,
            randomness: randomness)
        let lastSeen = call.request.headers[.lastEventID].flatMap { ID<UserNotification>($0) }
        return Reply(EventStream())
            .streaming(ResponseBody { writer in try await stream.run(after: lastSeen, writer: &writer) })
            .with(.cacheControl, "no-store")
    }
}
