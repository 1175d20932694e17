import Core
import Fakes
import Persistence
import Testing

extension ContractContext {
    func makeEvent(of team: ID<Team>, _ kind: WebhookEventKind = .memberAdded) -> WebhookEvent {
        WebhookEvent(id: makeID(), kind: kind, teamID: team, body: #"{"b":1, "a":"é"}"#)
    }

    /// Adds deliveries of an event as the system.
    /// - Returns: The ids that there were to choose from.
    @discardableResult
    func deliver(
        _ event: WebhookEvent, to endpoint: ID<WebhookEndpoint>? = nil, count: Int = 3
    ) async throws -> [ID<WebhookDelivery>] {
        let ids = (0..<count).map { _ in makeID(of: WebhookDelivery.self) }
        _ = try await system.webhookDeliveries.add(event, to: endpoint, ids: ids, job: makeJob(of: event.teamID))
        return ids
    }

    func makeJob(of team: ID<Team>) throws -> Job {
        try Job(DeliverWebhook(teamID: team), id: makeID(), at: now)
    }
}

extension Contracts {
    private static let refused = DatabaseError.unexpected(code: "42501")

    static let webhookDeliveries: [Contract] = [
        Contract("an event goes to each endpoint of its team that wants it and is not paused, with a job for each") {
            context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            let all = try await context.addEndpoint(of: team)
            let wanting = try await context.addEndpoint(of: team, subscription: .only([.memberAdded, .teamDeleted]))
            _ = try await context.addEndpoint(of: team, subscription: .only([.teamDeleted]))
            _ = try await context.addEndpoint(of: team, pause: .requested)
            _ = try await context.addEndpoint(of: other)
            let event = context.makeEvent(of: team)
            let ids = (0..<5).map { _ in context.makeID(of: WebhookDelivery.self) }
            let job = try context.makeJob(of: team)
            let store = context.database.scoped(.team(team, ada.id))
            #expect(try await store.webhookDeliveries.add(event, to: nil, ids: ids, job: job) == 2)
            var found: Set<ID<WebhookDelivery>> = []
            for endpoint in [all, wanting] {
                let page = try await store.webhookDeliveries.list(to: endpoint.id, of: team, page: PageRequest())
                let delivery = try #require(page.items.first)
                #expect(page.items.count == 1)
                #expect(
                    delivery
                        == WebhookDelivery(
                            id: delivery.id, teamID: team, endpointID: endpoint.id, eventID: event.id,
                            kind: .memberAdded, createdAt: context.now, nextAttemptAt: context.now))
                found.insert(delivery.id)
            }
            #expect(found.count == 2 && found.isSubset(of: ids))
            let jobs = try await context.system.jobs.list(name: DeliverWebhook.jobName, page: PageRequest()).items
            #expect(Set(jobs.map(\.id)) == Set(found.map { $0.cast() }))
            for made in jobs {
                #expect(try made.decoded(as: DeliverWebhook.self).teamID == team)
                #expect(made.queue == DeliverWebhook.jobQueue && made.maxAttempts == job.maxAttempts)
                #expect(made.runAt == context.now && made.createdAt == context.now)
            }
        },
        Contract("there are no more deliveries than ids, and none for nobody") { context async throws in
            let ada = try await context.addUser()
            let (team, empty) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            for _ in 0..<3 { _ = try await context.addEndpoint(of: team) }
            let deliveries = context.system.webhookDeliveries
            for (receiver, count) in [(team, 2), (empty, 0)] {
                #expect(
                    try await deliveries.add(
                        context.makeEvent(of: receiver), to: nil, ids: [context.makeID(), context.makeID()],
                        job: context.makeJob(of: receiver)) == count)
            }
        },
        Contract("an event for one endpoint goes to it whatever it wants, but not while it is paused") {
            context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            let one = try await context.addEndpoint(of: team, subscription: .only([.teamDeleted]))
            let paused = try await context.addEndpoint(of: team, pause: .gone)
            let foreign = try await context.addEndpoint(of: other)
            for (endpoint, count) in [(one, 1), (paused, 0), (foreign, 0)] {
                let event = context.makeEvent(of: team, .test)
                #expect(
                    try await context.system.webhookDeliveries.add(
                        event, to: endpoint.id, ids: [context.makeID()], job: context.makeJob(of: team)) == count)
            }
        },
        Contract("what is added is there only once the unit of work is committed, the job too") {
            context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoint = try await context.addEndpoint(of: team)
            let (event, job) = (context.makeEvent(of: team), try context.makeJob(of: team))
            await #expect(throws: Abandoned.self) {
                try await context.database.transaction(.team(team, ada.id)) { store in
                    #expect(
                        try await store.webhookDeliveries.add(event, to: nil, ids: [context.makeID()], job: job) == 1)
                    throw Abandoned()
                }
            }
            let store = context.system
            #expect(
                try await store.webhookDeliveries.list(to: endpoint.id, of: team, page: PageRequest()).items.isEmpty)
            #expect(try await store.jobs.list(name: DeliverWebhook.jobName, page: PageRequest()).items.isEmpty)
        },
        Contract("a delivery is found with its event, and with all that it takes to carry it out") {
            context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoint = try WebhookEndpoint.sample(context, of: team)
            _ = try await context.system.webhookEndpoints.insert(endpoint, sealedSecret: [1], unlessThereAre: 9)
            let event = context.makeEvent(of: team)
            let id = try #require(try await context.deliver(event).first)
            let deliveries = context.system.webhookDeliveries
            let found = try #require(try await deliveries.find(id, to: endpoint.id, of: team))
            #expect(found.event == event)
            #expect(found.delivery.id == id && found.delivery.endpointID == endpoint.id)
            #expect(try await deliveries.find(id, to: context.makeID(), of: team) == nil)
            let work = try #require(try await deliveries.work(id, of: team))
            #expect(
                work
                    == WebhookWork(
                        delivery: found.delivery, event: event, endpoint: endpoint,
                        secrets: SealedWebhookSecrets(current: [1])))
            #expect(try await deliveries.work(context.makeID(), of: team) == nil)
        },
        Contract("deliveries are listed latest first, and go with their endpoint") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let (endpoint, other) = (try await context.addEndpoint(of: team), try await context.addEndpoint(of: team))
            let deliveries = context.system.webhookDeliveries
            var written: [ID<WebhookDelivery>] = []
            for _ in 0..<5 {
                written += try await context.deliver(context.makeEvent(of: team), to: endpoint.id, count: 1)
                context.time.advance(by: .seconds(1))
            }
            try await context.deliver(context.makeEvent(of: team), to: other.id, count: 1)
            try await expectPages(of: Array(written.reversed())) { page in
                try await deliveries.list(to: endpoint.id, of: team, page: page).map(\.id)
            }
            #expect(try await context.system.webhookEndpoints.remove(endpoint.id, of: team))
            #expect(try await deliveries.list(to: endpoint.id, of: team, page: PageRequest()).items.isEmpty)
            #expect(try await deliveries.list(to: other.id, of: team, page: PageRequest()).items.count == 1)
        },
        Contract("tries are counted, and noted only while the delivery is pending") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoint = try await context.addEndpoint(of: team)
            let event = context.makeEvent(of: team)
            let id = try #require(try await context.deliver(event).first)
            let (deliveries, now) = (context.system.webhookDeliveries, context.now)
            let failed = WebhookAttempt(at: now, took: .microseconds(1_234_567), outcome: .unanswered(.timedOut))
            #expect(
                try await deliveries.note(
                    failed, of: id, in: team, state: .pending, nextAttemptAt: now + .minutes(5)))
            let answer = WebhookOutcome.answered(status: 204, excerpt: "thänk you")
            let done = WebhookAttempt(at: now + .minutes(5), took: .zero, outcome: answer)
            let once = try #require(try await deliveries.find(id, to: endpoint.id, of: team)?.delivery)
            #expect(once.attempts == 1 && once.lastAttempt == failed && once.nextAttemptAt == now + .minutes(5))
            let results = await race(6) { _ in
                try await deliveries.note(done, of: id, in: team, state: .delivered, nextAttemptAt: nil)
            }
            #expect(try results.trues() == 1)
            let twice = try #require(try await deliveries.find(id, to: endpoint.id, of: team)?.delivery)
            #expect(
                twice
                    == WebhookDelivery(
                        id: id, teamID: team, endpointID: endpoint.id, eventID: event.id, kind: event.kind,
                        createdAt: now, state: .delivered, attempts: 2, lastAttempt: done, nextAttemptAt: nil))
            try await deliveries.drop(id, of: team)
            #expect(try await deliveries.find(id, to: endpoint.id, of: team)?.delivery == twice)
        },
        Contract("a delivery is dropped without a try") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoint = try await context.addEndpoint(of: team)
            let id = try #require(try await context.deliver(context.makeEvent(of: team)).first)
            try await context.system.webhookDeliveries.drop(id, of: team)
            let dropped = try #require(
                try await context.system.webhookDeliveries.find(id, to: endpoint.id, of: team)?.delivery)
            #expect(dropped.state == .dropped && dropped.attempts == 0 && dropped.nextAttemptAt == nil)
        },
        Contract("old deliveries go, the oldest first, so many at a time") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let endpoint = try await context.addEndpoint(of: team)
            let deliveries = context.system.webhookDeliveries
            var ids: [ID<WebhookDelivery>] = []
            for _ in 0..<4 {
                ids += try await context.deliver(context.makeEvent(of: team), count: 1)
                context.time.advance(by: .days(1))
            }
            let end = context.now - .days(1)
            #expect(try await deliveries.remove(createdBefore: end, limit: 2) == 2)
            let page = PageRequest()
            #expect(
                try await deliveries.list(to: endpoint.id, of: team, page: page).items.map(\.id) == [ids[3], ids[2]])
            #expect(try await deliveries.remove(createdBefore: end, limit: 2) == 1)
            #expect(try await deliveries.remove(createdBefore: end, limit: 2) == 0)
            #expect(try await deliveries.list(to: endpoint.id, of: team, page: page).items.map(\.id) == [ids[3]])
        },
        Contract("another team's deliveries are not there, and no team notes what came of its own") {
            context async throws in
            let ada = try await context.addUser()
            let (team, other) = (try await context.addTeamID(of: ada), try await context.addTeamID(of: ada))
            let endpoint = try await context.addEndpoint(of: team)
            let id = try #require(try await context.deliver(context.makeEvent(of: team)).first)
            let (event, job) = (context.makeEvent(of: team), try context.makeJob(of: team))
            for scope in [Scope.team(other, ada.id), .user(ada.id)] {
                let deliveries = context.database.scoped(scope).webhookDeliveries
                #expect(try await deliveries.find(id, to: endpoint.id, of: team) == nil)
                #expect(try await deliveries.work(id, of: team) == nil)
                #expect(try await deliveries.list(to: endpoint.id, of: team, page: PageRequest()).items.isEmpty)
                #expect(try await deliveries.add(event, to: nil, ids: [context.makeID()], job: job) == 0)
            }
            let attempt = WebhookAttempt(at: context.now, took: .zero, outcome: .unanswered(.broken))
            let own = context.database.scoped(.team(team, ada.id)).webhookDeliveries
            await #expect(throws: refused) {
                _ = try await own.note(attempt, of: id, in: team, state: .failed, nextAttemptAt: nil)
            }
            await #expect(throws: refused) { try await own.drop(id, of: team) }
            await #expect(throws: refused) {
                _ = try await own.remove(createdBefore: context.now + .days(1), limit: 9)
            }
            #expect(try await own.find(id, to: endpoint.id, of: team) != nil)
        },
    ]
}
