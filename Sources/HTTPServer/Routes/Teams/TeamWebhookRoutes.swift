import API
import Auth
import Core
import Hummingbird
import Teams
import Webhooks

/// Where a team has its systems told of what happens in it. Whether the caller may is asked first: to whoever may not, nothing
/// of the team's webhooks is there.
struct TeamWebhookRoutes: Sendable {
    let teams: Teams
    let webhooks: OutboundWebhooks

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(TeamWebhookEndpoints.list, list)
        try binder.signedIn(TeamWebhookEndpoints.create, create)
        try binder.signedIn(TeamWebhookEndpoints.show, show)
        try binder.signedIn(TeamWebhookEndpoints.update, update)
        try binder.signedIn(TeamWebhookEndpoints.remove, remove)
        try binder.signedIn(TeamWebhookEndpoints.rotateSecret, rotateSecret)
        try binder.signedIn(TeamWebhookEndpoints.test, test)
        try binder.signedIn(TeamWebhookEndpoints.deliveries, deliveries)
        try binder.signedIn(TeamWebhookEndpoints.redeliver, redeliver)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<WebhookBody>>> {
        let team = try await readable(call.parameters.team, by: principal, from: call.origin)
        let page = try await webhooks.list(in: team, for: principal.user.id, page: call.query.pageRequest)
        return Reply(OK(List(page.map(WebhookBody.init))))
    }

    @Sendable private func create(
        _ call: Call<TeamPath, Nothing, CreateWebhookRequest>, _ principal: Principal
    ) async throws -> Reply<Created<NewWebhookBody>> {
        let team = try await writable(call.parameters.team, by: principal, from: call.origin)
        let path = "\(TeamEndpoints.list.traits.path.description)/\(team)/webhooks"
        let shown: @Sendable (NewWebhook) -> Reply<Created<NewWebhookBody>> = { made in
            let body = NewWebhookBody(made.endpoint, secret: made.secret.revealedText())
            return Reply(Created(body, location: "\(path)/\(body.id)"))
        }
        let draft = WebhookDraft(
            url: call.body.url.text, name: call.body.name?.text ?? "",
            subscription: call.body.events?.subscription ?? .everything)
        return shown(
            try await webhooks.create(
                draft, in: team, by: principal.author(from: call.origin), receipt: call.receipt(shown)))
    }

    @Sendable private func show(
        _ call: Call<WebhookPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<WebhookBody>> {
        let team = try await readable(call.parameters.team, by: principal, from: call.origin)
        let endpoint = try await webhooks.find(call.parameters.id, in: team, for: principal.user.id)
        return Reply(OK(WebhookBody(endpoint)))
    }

    @Sendable private func update(
        _ call: Call<WebhookPath, Nothing, UpdateWebhookRequest>, _ principal: Principal
    ) async throws -> Reply<OK<WebhookBody>> {
        let team = try await writable(call.parameters.team, by: principal, from: call.origin)
        let changes = WebhookChanges(
            url: call.body.url?.text, name: call.body.name?.text, subscription: call.body.events?.subscription,
            isActive: call.body.isActive)
        let endpoint = try await webhooks.update(
            call.parameters.id, in: team, with: changes, by: principal.author(from: call.origin),
            if: call.expects { OK(WebhookBody($0)) })
        return Reply(OK(WebhookBody(endpoint)))
    }

    @Sendable private func remove(
        _ call: Call<WebhookPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        let team = try await writable(call.parameters.team, by: principal, from: call.origin)
        try await webhooks.remove(
            call.parameters.id, in: team, by: principal.author(from: call.origin),
            if: call.expects { OK(WebhookBody($0)) })
        return Reply(NoContent())
    }

    @Sendable private func rotateSecret(
        _ call: Call<WebhookPath, Nothing, RotateWebhookSecretRequest>, _ principal: Principal
    ) async throws -> Reply<OK<WebhookSecretBody>> {
        let team = try await writable(call.parameters.team, by: principal, from: call.origin)
        let overlap = call.body.overlapSeconds.map { Duration.seconds($0.seconds) }
        let shown: @Sendable (WebhookSecret) -> Reply<OK<WebhookSecretBody>> = { secret in
            Reply(OK(WebhookSecretBody(secret: secret.revealedText())))
        }
        return shown(
            try await webhooks.rotateSecret(
                of: call.parameters.id, in: team, overlap: overlap ?? OutboundWebhooks.usualOverlap,
                by: principal.author(from: call.origin), receipt: call.receipt(shown)))
    }

    @Sendable private func test(
        _ call: Call<WebhookPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<Accepted<WebhookDeliveryBody>> {
        let team = try await writable(call.parameters.team, by: principal, from: call.origin)
        return Self.sent(
            try await webhooks.test(
                call.parameters.id, in: team, by: principal.author(from: call.origin), receipt: call.receipt(Self.sent))
        )
    }

    @Sendable private func deliveries(
        _ call: Call<WebhookPath, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<WebhookDeliveryBody>>> {
        let team = try await readable(call.parameters.team, by: principal, from: call.origin)
        let page = try await webhooks.deliveries(
            to: call.parameters.id, in: team, for: principal.user.id, page: call.query.pageRequest)
        return Reply(OK(List(page.map(WebhookDeliveryBody.init))))
    }

    @Sendable private func redeliver(
        _ call: Call<WebhookDeliveryPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<Accepted<WebhookDeliveryBody>> {
        let team = try await writable(call.parameters.team, by: principal, from: call.origin)
        return Self.sent(
            try await webhooks.redeliver(
                call.parameters.delivery, to: call.parameters.id, in: team, by: principal.author(from: call.origin),
                receipt: call.receipt(Self.sent)))
    }

    @Sendable private static func sent(_ delivery: WebhookDelivery) -> Reply<Accepted<WebhookDeliveryBody>> {
        Reply(Accepted(WebhookDeliveryBody(delivery)))
    }

    /// The team, for whoever may see its webhooks.
    private func readable(
        _ team: ID<Team>, by principal: Principal, from origin: RequestOrigin
    ) async throws -> ID<Team> {
        try await teams.find(team, by: principal, needing: .webhooksRead, origin: origin).team.id
    }

    /// The team, for whoever may change its webhooks.
    private func writable(
        _ team: ID<Team>, by principal: Principal, from origin: RequestOrigin
    ) async throws -> ID<Team> {
        try await teams.find(team, by: principal, needing: .webhooksWrite, origin: origin).team.id
    }
}
