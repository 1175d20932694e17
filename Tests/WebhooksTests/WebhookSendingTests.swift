import Core
import Fakes
import Jobs
import Logging
import Persistence
import PersistenceInMemory
import ServiceLifecycle
import Testing

@testable import Webhooks

struct WebhookSendingTests {
    private let fixture = WebhookFixture()

    @Test func `one event is one id for all endpoints, each with a delivery and a job of its own`() async throws {
        var endpoints: [WebhookEndpoint] = []
        for _ in 0..<3 { endpoints.append(try await fixture.create().endpoint) }
        let deaf = try await fixture.create(subscription: .only([.teamDeleted])).endpoint
        #expect(try await fixture.announce() == 3)
        var deliveries: [WebhookDelivery] = []
        for endpoint in endpoints { deliveries += try await fixture.deliveries(to: endpoint.id) }
        #expect(deliveries.count == 3)
        #expect(Set(deliveries.map(\.eventID)).count == 1)
        #expect(try await fixture.deliveries(to: deaf.id).isEmpty)
        #expect(Set(try await fixture.jobs().map(\.id)) == Set(deliveries.map { $0.id.cast() }))
        #expect(try await fixture.jobs().allSatisfy { $0.queue == "webhooks" })
    }

    @Test func `twenty endpoints are told, as many as a team may have`() async throws {
        for _ in 0..<OutboundWebhooks.mostEndpoints { _ = try await fixture.create() }
        #expect(try await fixture.announce() == OutboundWebhooks.mostEndpoints)
    }

    @Test func `what was not committed is not told`() async throws {
        struct Abandoned: Error {}
        let id = try await fixture.create().endpoint.id
        let (webhooks, team) = (fixture.webhooks, fixture.team)
        await #expect(throws: Abandoned.self) {
            try await fixture.base.transaction(.team(team, fixture.author.user)) { store in
                try await webhooks.announce(.teamUpdated, in: team, data: ["a": 1], through: store)
                throw Abandoned()
            }
        }
        #expect(try await fixture.deliveries(to: id).isEmpty)
        #expect(try await fixture.jobs().isEmpty)
    }

    @Test func `too much to tell is an error, and a body as large as can be is stored`() async throws {
        let id = try await fixture.create().endpoint.id
        await #expect(throws: WebhookEvent.TooLarge.self) {
            try await fixture.announce(data: String(repeating: "a", count: WebhookEvent.largestBody))
        }
        #expect(try await fixture.deliveries(to: id).isEmpty)
    }

    @Test func `a test goes to the endpoint it is for, once, whatever that wants`() async throws {
        let endpoint = try await fixture.create(subscription: .only([.teamDeleted])).endpoint
        _ = try await fixture.create()
        let delivery = try await fixture.webhooks.test(endpoint.id, in: fixture.team, by: fixture.author)
        #expect(try await fixture.deliveries(to: endpoint.id) == [delivery])
        #expect(try await fixture.jobs().map(\.id) == [delivery.id.cast()])
        fixture.sender.answer(with: .unanswered(.timedOut))
        try await fixture.webhooks.deliver(delivery.id, of: fixture.team)
        let body = String(decoding: try #require(fixture.sender.requests.first?.body), as: UTF8.self)
        #expect(body.contains(#""data":{"endpoint_id":"\#(endpoint.id)"}"#))
        #expect(body.contains(#""type":"webhook.test""#))
        #expect(try await fixture.deliveries(to: endpoint.id).first?.state == .failed)
        #expect(try await fixture.endpoint(endpoint.id)?.failingSince == nil)
    }

    @Test func `an event is sent again under its id, as a new delivery with all its tries`() async throws {
        let id = try await fixture.create().endpoint.id
        let first = try #require(try await fixture.announced(to: id))
        try await fixture.webhooks.deliver(first.id, of: fixture.team)
        fixture.time.advance(by: .days(1))
        let second = try await fixture.webhooks.redeliver(first.id, to: id, in: fixture.team, by: fixture.author)
        #expect(second.id != first.id && second.eventID == first.eventID)
        #expect(try await fixture.deliveries(to: id).first == second)
        fixture.sender.answer(with: .unanswered(.broken))
        await #expect(throws: JobFailure.self) { try await fixture.webhooks.deliver(second.id, of: fixture.team) }
        let sent = fixture.sender.requests
        #expect(sent[0].body == sent[1].body && sent[0].headers[1] == sent[1].headers[1])
        #expect(try await fixture.deliveries(to: id).last?.state == .delivered)
    }

    @Test func `to an endpoint that is paused nothing is sent by hand either`() async throws {
        let id = try await fixture.create().endpoint.id
        let delivery = try #require(try await fixture.announced(to: id))
        let (webhooks, team, author) = (fixture.webhooks, fixture.team, fixture.author)
        _ = try await webhooks.update(id, in: team, with: WebhookChanges(isActive: false), by: author)
        await #expect(throws: WebhookError.paused) { _ = try await webhooks.test(id, in: team, by: author) }
        await #expect(throws: WebhookError.paused) {
            _ = try await webhooks.redeliver(delivery.id, to: id, in: team, by: author)
        }
        await #expect(throws: WebhookError.notFound) {
            _ = try await webhooks.redeliver(ID(high: 9, low: 9), to: id, in: team, by: author)
        }
        #expect(try await fixture.log().map(\.action) == ["webhook.created", "webhook.updated"])
    }

    @Test func `deliveries are kept for thirty days`() async throws {
        let id = try await fixture.create().endpoint.id
        let old = try #require(try await fixture.announced(to: id))
        fixture.time.advance(by: .days(30))
        let young = try #require(try await fixture.announced(to: id))
        try await fixture.webhooks.removeOldDeliveries()
        #expect(try await fixture.deliveries(to: id).map(\.id) == [young.id])
        #expect(old.id != young.id)
    }

    @Test(.timeLimit(.minutes(1))) func `a worker delivers what is announced`() async throws {
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let id = try await fixture.create().endpoint.id
        try await fixture.announce()
        var handlers = JobHandlers()
        fixture.webhooks.add(to: &handlers)
        let queue = fixture.base.jobQueue(clock: fixture.time.source)
        let worker = JobWorker(
            database: fixture.base, queue: queue, handlers: handlers, logger: silent, time: fixture.time.source)
        let group = ServiceGroup(configuration: .init(services: [worker], logger: silent))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while try await fixture.deliveries(to: id).first?.state != .delivered { await Task.yield() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(fixture.sender.requests.count == 1)
    }
}
