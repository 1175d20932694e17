import Core
import Fakes
import Jobs
import Persistence
import Testing

@testable import Webhooks

struct WebhookDeliveryTests {
    private let fixture = WebhookFixture()
    private static let down = WebhookOutcome.answered(status: 500, excerpt: "down")

    private func deliver(_ id: ID<WebhookDelivery>) async throws {
        try await fixture.webhooks.deliver(id, of: fixture.team)
    }

    /// Tries until the delivery has ended, moving the clock on as it is told.
    /// - Returns: How often it was tried.
    private func exhaust(_ id: ID<WebhookDelivery>) async throws -> Int {
        let before = fixture.sender.requests.count
        for _ in 0..<20 {
            do {
                try await deliver(id)
                break
            } catch JobFailure.retry(let wait, _) {
                fixture.time.advance(by: wait)
            }
        }
        return fixture.sender.requests.count - before
    }

    private func fail(_ times: Int) {
        for _ in 0..<times { fixture.sender.answer(with: Self.down) }
    }

    @Test func `what is announced arrives, signed, and is noted`() async throws {
        let new = try await fixture.create()
        let delivery = try #require(try await fixture.announced(to: new.endpoint.id))
        try await deliver(delivery.id)
        let request = try #require(fixture.sender.requests.first)
        #expect(request.url == new.endpoint.url)
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { $1 }
        #expect(headers["content-type"] == "application/json")
        #expect(headers["webhook-id"] == delivery.eventID.description)
        #expect(headers["webhook-timestamp"] == "\(fixture.time.now.seconds)")
        #expect(
            headers["webhook-signature"]
                == WebhookSignature.signature(
                    id: delivery.eventID.description, timestamp: "\(fixture.time.now.seconds)", body: request.body,
                    secret: new.secret))
        #expect(String(decoding: request.body, as: UTF8.self).contains(#""type":"member.added""#))
        let done = try #require(try await fixture.deliveries(to: new.endpoint.id).first)
        #expect(done.state == .delivered && done.attempts == 1 && done.nextAttemptAt == nil)
        #expect(done.lastAttempt?.outcome == .answered(status: 200, excerpt: ""))
        try await deliver(delivery.id)
        #expect(fixture.sender.requests.count == 1)
    }

    @Test func `what fails comes again with the same id and another time, for a day`() async throws {
        let new = try await fixture.create()
        let delivery = try #require(try await fixture.announced(to: new.endpoint.id))
        fail(8)
        let start = fixture.time.now
        #expect(try await exhaust(delivery.id) == 8)
        let span = fixture.time.now - start
        #expect(span >= .hours(23) && span <= .hours(26))
        let sent = fixture.sender.requests
        #expect(Set(sent.map { $0.headers[1].value }).count == 1)
        #expect(Set(sent.map { $0.headers[2].value }).count == 8)
        #expect(Set(sent.map(\.body)).count == 1)
        let failed = try #require(try await fixture.deliveries(to: new.endpoint.id).first)
        #expect(failed.state == .failed && failed.attempts == 8 && failed.nextAttemptAt == nil)
        #expect(failed.lastAttempt?.outcome == Self.down)
        #expect(try await fixture.endpoint(new.endpoint.id)?.isActive == true)
    }

    @Test func `a job that is started again before its time waits, without a try`() async throws {
        let new = try await fixture.create()
        let delivery = try #require(try await fixture.announced(to: new.endpoint.id))
        fail(1)
        await #expect(throws: JobFailure.self) { try await deliver(delivery.id) }
        let due = try #require(try await fixture.deliveries(to: new.endpoint.id).first?.nextAttemptAt)
        fixture.time.advance(by: .seconds(1))
        let left = due - fixture.time.now
        await #expect(throws: JobFailure.retry(after: left, reason: "not due")) { try await deliver(delivery.id) }
        #expect(fixture.sender.requests.count == 1)
        fixture.time.advance(by: left)
        try await deliver(delivery.id)
        #expect(fixture.sender.requests.count == 2)
    }

    @Test func `an endpoint is failing from the first failure on, and well with the next success`() async throws {
        let id = try await fixture.create().endpoint.id
        let delivery = try #require(try await fixture.announced(to: id))
        fail(2)
        let first = fixture.time.now
        #expect(try await exhaust(delivery.id) == 3)
        #expect(try await fixture.endpoint(id)?.failingSince == nil)
        let next = try #require(try await fixture.announced(to: id))
        fail(1)
        let second = fixture.time.now
        #expect(second > first)
        await #expect(throws: JobFailure.self) { try await deliver(next.id) }
        #expect(try await fixture.endpoint(id)?.failingSince == second)
    }

    @Test func `an endpoint that failed for three days is paused at the end of an event, and its owners are told`()
        async throws
    {
        let id = try await fixture.create().endpoint.id
        for _ in 0..<2 {
            let delivery = try #require(try await fixture.announced(to: id))
            fail(8)
            #expect(try await exhaust(delivery.id) == 8)
            #expect(try await fixture.endpoint(id)?.isActive == true)
            #expect(fixture.paused.told.isEmpty)
            fixture.time.advance(by: .hours(1))
        }
        let since = try #require(try await fixture.endpoint(id)?.failingSince)
        #expect(fixture.time.now - since < WebhookVerdict.longestFailure)
        let (last, waiting) = (
            try #require(try await fixture.announced(to: id)), try #require(try await fixture.announced(to: id))
        )
        fail(8)
        #expect(try await exhaust(last.id) == 8)
        let paused = try #require(try await fixture.endpoint(id))
        #expect(paused.pause == .failing)
        #expect(fixture.paused.told.map(\.id) == [id])
        #expect(fixture.paused.told.first?.pause == .failing)
        let recorded = try #require(try await fixture.log().last)
        #expect(recorded.action == "webhook.paused" && recorded.actorID == nil && recorded.teamID == fixture.team)
        #expect(recorded.changes == ["host": "receiver.example", "reason": "failing"])
        // What waits is given up without a try, and nothing new is kept.
        try await deliver(waiting.id)
        #expect(try await fixture.deliveries(to: id).first { $0.id == waiting.id }?.state == .dropped)
        #expect(try await fixture.announce() == 0)
    }

    @Test func `an endpoint that is seldom called gets a day's tries before it is paused`() async throws {
        let id = try await fixture.create().endpoint.id
        let first = try #require(try await fixture.announced(to: id))
        fail(8)
        _ = try await exhaust(first.id)
        fixture.time.advance(by: .days(7))
        let second = try #require(try await fixture.announced(to: id))
        fail(7)
        for _ in 0..<7 {
            await #expect(throws: JobFailure.self) { try await deliver(second.id) }
            fixture.time.advance(by: .hours(12))
        }
        #expect(try await fixture.endpoint(id)?.isActive == true)
        try await deliver(second.id)
        #expect(try await fixture.endpoint(id)?.failingSince == nil)
    }

    @Test func `who says that it is gone is called no more`() async throws {
        let id = try await fixture.create().endpoint.id
        let delivery = try #require(try await fixture.announced(to: id))
        fixture.sender.answer(with: .answered(status: 410, excerpt: "gone"))
        try await deliver(delivery.id)
        #expect(try await fixture.endpoint(id)?.pause == .gone)
        #expect(try await fixture.deliveries(to: id).first?.state == .failed)
        #expect(fixture.paused.told.map(\.id) == [id])
    }

    @Test func `the pause, its record and the note of the try are one`() async throws {
        let id = try await fixture.create().endpoint.id
        let delivery = try #require(try await fixture.announced(to: id))
        fixture.sender.answer(with: .answered(status: 410, excerpt: ""))
        fixture.paused.failFromNowOn()
        await #expect(throws: Paused.Refused.self) { try await deliver(delivery.id) }
        #expect(try await fixture.endpoint(id)?.isActive == true)
        #expect(try await fixture.deliveries(to: id).first?.state == .pending)
        #expect(try await fixture.log().map(\.action) == ["webhook.created"])
    }

    @Test func `while a secret is rotated both sign, then the new one alone`() async throws {
        let new = try await fixture.create()
        let second = try await fixture.webhooks.rotateSecret(
            of: new.endpoint.id, in: fixture.team, overlap: .hours(1), by: fixture.author)
        #expect(second != new.secret)
        for (wait, secrets) in [
            (Duration.zero, [second, new.secret]), (.hours(1) - .milliseconds(3), [second, new.secret]),
            (.zero, [second]),
        ] {
            fixture.time.advance(by: wait)
            let delivery = try #require(try await fixture.announced(to: new.endpoint.id))
            try await deliver(delivery.id)
            let request = try #require(fixture.sender.requests.last)
            let expected = WebhookSignature.headers(
                id: delivery.eventID.description, at: fixture.time.now, body: request.body, secrets: secrets)
            #expect(request.headers.last == expected.last)
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-5)])
    func `without an overlap the former secret is gone at once`(overlap: Duration) async throws {
        let new = try await fixture.create()
        let second = try await fixture.webhooks.rotateSecret(
            of: new.endpoint.id, in: fixture.team, overlap: overlap, by: fixture.author)
        let delivery = try #require(try await fixture.announced(to: new.endpoint.id))
        try await deliver(delivery.id)
        let request = try #require(fixture.sender.requests.last)
        let expected = WebhookSignature.headers(
            id: delivery.eventID.description, at: fixture.time.now, body: request.body, secrets: [second])
        #expect(request.headers.last == expected.last)
    }

    @Test func `an overlap ends after a week at the latest`() async throws {
        let id = try await fixture.create().endpoint.id
        _ = try await fixture.webhooks.rotateSecret(of: id, in: fixture.team, overlap: .days(400), by: fixture.author)
        let row = try #require(try await fixture.store.webhookEndpoints.secrets(after: nil, limit: 1).first)
        #expect(row.secrets.former?.until == fixture.time.now + .days(7))
    }

    @Test func `a secret that does not open stops the delivery before anybody is called`() async throws {
        let id = try await fixture.create().endpoint.id
        let delivery = try #require(try await fixture.announced(to: id))
        let row = try #require(try await fixture.store.webhookEndpoints.secrets(after: nil, limit: 1).first)
        _ = try await fixture.store.webhookEndpoints.resealSecrets(
            from: row, to: SealedWebhookSecrets(current: [1, 0, 2]))
        await #expect(throws: WebhookFixture.Seal.self) { try await deliver(delivery.id) }
        #expect(fixture.sender.requests.isEmpty)
        #expect(try await fixture.deliveries(to: id).first?.state == .pending)
    }

    @Test func `the delivery of an endpoint that was removed is nothing to do`() async throws {
        let id = try await fixture.create().endpoint.id
        let delivery = try #require(try await fixture.announced(to: id))
        try await fixture.webhooks.remove(id, in: fixture.team, by: fixture.author)
        try await deliver(delivery.id)
        #expect(fixture.sender.requests.isEmpty)
    }
}
