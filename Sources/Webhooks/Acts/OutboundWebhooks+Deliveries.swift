public import Core
public import Persistence

extension OutboundWebhooks {
    /// What a test says.
    private struct TestData: Encodable {
        let endpointID: ID<WebhookEndpoint>

        enum CodingKeys: String, CodingKey {
            case endpointID = "endpoint_id"
        }
    }

    /// Sends a `webhook.test` to an endpoint, whatever it subscribed to; tried once.
    /// - Throws: ``WebhookError/notFound``, ``WebhookError/paused``.
    public func test(
        _ id: ID<WebhookEndpoint>, in team: ID<Team>, by author: AuditAuthor, receipt: Receipt<WebhookDelivery>? = nil
    ) async throws -> WebhookDelivery {
        let now = time.now()
        let test = try WebhookEvent(
            .test, of: team, data: TestData(endpointID: id), id: makeID(at: now), at: now)
        let tested = event(.tested, on: id, of: team, by: author, at: now)
        return try await database.transaction(
            .team(team, author.user), repetition: .allowed, receipt: receipt
        ) { store in
            let delivery = try await send(test, to: id, at: now, through: store)
            try await store.auditLog.record(tested)
            return delivery
        }
    }

    /// The deliveries to an endpoint, latest first.
    public func deliveries(
        to id: ID<WebhookEndpoint>, in team: ID<Team>, for user: ID<User>?, page: PageRequest
    ) async throws -> Page<WebhookDelivery> {
        let store = database.scoped(.team(team, user))
        guard try await store.webhookEndpoints.find(id, of: team) != nil else { throw WebhookError.notFound }
        return try await store.webhookDeliveries.list(to: id, of: team, page: page)
    }

    /// Sends an event to the same endpoint once more, with all its tries: the event keeps its id, by which the receiver knows
    /// it.
    /// - Returns: The new delivery.
    /// - Throws: ``WebhookError/notFound``, ``WebhookError/paused``.
    public func redeliver(
        _ id: ID<WebhookDelivery>, to endpoint: ID<WebhookEndpoint>, in team: ID<Team>, by author: AuditAuthor,
        receipt: Receipt<WebhookDelivery>? = nil
    ) async throws -> WebhookDelivery {
        let now = time.now()
        let redelivered = event(
            .redelivered, on: endpoint, of: team, by: author, changes: ["delivery": id.description], at: now)
        return try await database.transaction(
            .team(team, author.user), repetition: .allowed, receipt: receipt
        ) { store in
            guard let former = try await store.webhookDeliveries.find(id, to: endpoint, of: team) else {
                throw WebhookError.notFound
            }
            let delivery = try await send(former.event, to: endpoint, at: now, through: store)
            try await store.auditLog.record(redelivered)
            return delivery
        }
    }

    private func send(
        _ event: WebhookEvent, to endpoint: ID<WebhookEndpoint>, at now: Timestamp, through store: any Store
    ) async throws -> WebhookDelivery {
        let id = makeID(at: now, of: WebhookDelivery.self)
        let job = try Job(DeliverWebhook(teamID: event.teamID), id: id.cast(), at: now)
        guard try await store.webhookDeliveries.add(event, to: endpoint, ids: [id], job: job) == 1 else {
            let isThere = try await store.webhookEndpoints.find(endpoint, of: event.teamID) != nil
            throw isThere ? WebhookError.paused : WebhookError.notFound
        }
        return WebhookDelivery(
            id: id, teamID: event.teamID, endpointID: endpoint, eventID: event.id, kind: event.kind, createdAt: now,
            nextAttemptAt: now)
    }
}
