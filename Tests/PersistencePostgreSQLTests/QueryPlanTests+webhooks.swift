import Core
import DatabaseSupport
import Persistence

@testable import PersistencePostgreSQL

extension QueryPlanTests {
    /// What is asked of the endpoints of teams and of deliveries to them.
    static let ofWebhooks: [Call] = {
        let session = ID<Session>(high: 1, low: 2)
        let time = TestDatabase.migratedAt
        let page = PageRequest(limit: 20, after: Cursor(time: time, id: session))
        let team = ID<Team>(high: 1, low: 9)
        let endpoint = ID<WebhookEndpoint>(high: 1, low: 10)
        let event = WebhookEvent(id: ID(high: 1, low: 11), kind: .teamUpdated, teamID: team, body: "{}")
        let job = Job(
            id: ID(high: 1, low: 12), name: "webhook.deliver", parameters: Array("{}".utf8), runAt: time,
            createdAt: time)
        return [
            Call("webhookEndpoints.insert") {
                _ = try await $0.webhookEndpoints.insert(
                    try .sample(endpoint, of: team), sealedSecret: [1], unlessThereAre: 9)
            },
            Call("webhookEndpoints.find") { _ = try await $0.webhookEndpoints.find(endpoint, of: team) },
            Call("webhookEndpoints.list") { _ = try await $0.webhookEndpoints.list(of: team, page: PageRequest()) },
            Call("webhookEndpoints.list, next page") { _ = try await $0.webhookEndpoints.list(of: team, page: page) },
            Call("webhookEndpoints.update") { _ = try await $0.webhookEndpoints.update(.sample(endpoint, of: team)) },
            Call("webhookEndpoints.rotateSecret") {
                _ = try await $0.webhookEndpoints.rotateSecret(
                    of: endpoint, in: team, to: [1], formerUntil: time, at: time)
            },
            Call("webhookEndpoints.remove") { _ = try await $0.webhookEndpoints.remove(endpoint, of: team) },
            Call("webhookDeliveries.add") {
                _ = try await $0.webhookDeliveries.add(event, to: nil, ids: [session.cast()], job: job)
            },
            Call("webhookDeliveries.add, to one") {
                _ = try await $0.webhookDeliveries.add(event, to: endpoint, ids: [session.cast()], job: job)
            },
            Call("webhookDeliveries.find") {
                _ = try await $0.webhookDeliveries.find(session.cast(), to: endpoint, of: team)
            },
            Call("webhookDeliveries.list") {
                _ = try await $0.webhookDeliveries.list(to: endpoint, of: team, page: PageRequest())
            },
            Call("webhookDeliveries.list, next page") {
                _ = try await $0.webhookDeliveries.list(to: endpoint, of: team, page: page)
            },
            Call("webhookDeliveries.work") { _ = try await $0.webhookDeliveries.work(session.cast(), of: team) },
        ]
    }()
}

extension WebhookEndpoint {
    fileprivate static func sample(_ id: Core.ID<WebhookEndpoint>, of team: Core.ID<Team>) throws -> WebhookEndpoint {
        WebhookEndpoint(
            id: id, teamID: team, url: try WebhookURL(parsing: "https://a.example", reach: .publicOnly), name: "",
            subscription: .everything, createdAt: TestDatabase.migratedAt, updatedAt: TestDatabase.migratedAt)
    }
}
