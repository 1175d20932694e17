import Core
import Persistence

struct InMemoryWebhookDeliveries: WebhookDeliveryRepository {
    let scope: Scope
    let access: any TableAccess

    func add(
        _ event: WebhookEvent, to endpoint: ID<WebhookEndpoint>?, ids: [ID<WebhookDelivery>], job: Job
    ) async throws -> Int {
        try await access.write { tables in
            guard scope.isIn(event.teamID) else { return 0 }
            let wanted = tables.webhookEndpoints.values.map(\.endpoint)
                .filter { $0.teamID == event.teamID && $0.isActive }
                .filter { one in endpoint.map { $0 == one.id } ?? one.subscription.wants(event.kind) }
                .sorted { $0.id < $1.id }
            let pairs = Array(zip(ids, wanted))
            for (id, _) in pairs where tables.webhookDeliveries[id] != nil || tables.jobs[id.cast()] != nil {
                throw DatabaseError.uniqueViolation
            }
            for (id, endpoint) in pairs {
                let delivery = WebhookDelivery(
                    id: id, teamID: event.teamID, endpointID: endpoint.id, eventID: event.id, kind: event.kind,
                    createdAt: job.createdAt, nextAttemptAt: job.runAt)
                tables.webhookDeliveries[id] = WebhookDeliveryRow(delivery: delivery, event: event)
                tables.jobs[id.cast()] = JobRow(job: job.copied(as: id.cast()))
            }
            return pairs.count
        }
    }

    func find(
        _ id: ID<WebhookDelivery>, to endpoint: ID<WebhookEndpoint>, of team: ID<Team>
    ) async throws -> (delivery: WebhookDelivery, event: WebhookEvent)? {
        try await access.read { tables in
            guard let row = row(id, of: team, in: tables), row.delivery.endpointID == endpoint else { return nil }
            return (row.delivery, row.event)
        }
    }

    func list(
        to endpoint: ID<WebhookEndpoint>, of team: ID<Team>, page: PageRequest
    ) async throws -> Page<WebhookDelivery> {
        try await access.read { tables in
            let deliveries = tables.webhookDeliveries.values.map(\.delivery)
                .filter { scope.isIn(team) && $0.teamID == team && $0.endpointID == endpoint }
            return .latestFirst(deliveries, page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func work(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws -> WebhookWork? {
        try await access.read { tables in
            guard let row = row(id, of: team, in: tables),
                let endpoint = tables.webhookEndpoints[row.delivery.endpointID]
            else { return nil }
            return WebhookWork(
                delivery: row.delivery, event: row.event, endpoint: endpoint.endpoint, secrets: endpoint.secrets)
        }
    }

    func note(
        _ attempt: WebhookAttempt, of id: ID<WebhookDelivery>, in team: ID<Team>, state: WebhookDelivery.State,
        nextAttemptAt: Timestamp?
    ) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard (state == .pending) == (nextAttemptAt != nil) else { throw DatabaseError.checkViolation }
            guard let delivery = row(id, of: team, in: tables)?.delivery, delivery.state == .pending else {
                return false
            }
            tables.webhookDeliveries[id]?.delivery = delivery.changed(
                to: state, attempts: delivery.attempts + 1, attempt, nextAttemptAt: nextAttemptAt)
            return true
        }
    }

    func drop(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard let delivery = row(id, of: team, in: tables)?.delivery, delivery.state == .pending else { return }
            tables.webhookDeliveries[id]?.delivery = delivery.changed(
                to: .dropped, attempts: delivery.attempts, delivery.lastAttempt, nextAttemptAt: nil)
        }
    }

    func remove(createdBefore time: Timestamp, limit: Int) async throws -> Int {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let old = tables.webhookDeliveries.values.map(\.delivery).filter { $0.createdAt < time }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }.prefix(limit)
            for delivery in old { tables.webhookDeliveries[delivery.id] = nil }
            return old.count
        }
    }

    private func row(_ id: ID<WebhookDelivery>, of team: ID<Team>, in tables: Tables) -> WebhookDeliveryRow? {
        guard scope.isIn(team), let row = tables.webhookDeliveries[id], row.delivery.teamID == team else { return nil }
        return row
    }
}

extension WebhookDelivery {
    fileprivate func changed(
        to state: State, attempts: Int, _ attempt: WebhookAttempt?, nextAttemptAt: Timestamp?
    ) -> WebhookDelivery {
        WebhookDelivery(
            id: id, teamID: teamID, endpointID: endpointID, eventID: eventID, kind: kind, createdAt: createdAt,
            state: state, attempts: attempts, lastAttempt: attempt, nextAttemptAt: nextAttemptAt)
    }
}

extension Job {
    fileprivate func copied(as id: Core.ID<Job>) -> Job {
        Job(
            id: id, name: name, queue: queue, priority: priority, parameters: parameters, runAt: runAt,
            maxAttempts: maxAttempts, createdAt: createdAt)
    }
}
