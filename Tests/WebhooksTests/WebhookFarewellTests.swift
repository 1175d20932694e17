import Core
import Fakes
import Jobs
import Persistence
import Testing

@testable import Webhooks

/// That a team was deleted is told although its endpoints went with it.
struct WebhookFarewellTests {
    private let fixture = WebhookFixture()

    private func farewells() async throws -> [WebhookFarewell] {
        try await fixture.store.jobs.list(name: WebhookFarewell.jobName, page: PageRequest(limit: 100)).items
            .map { try $0.decoded() }
    }

    @Test func `it arrives, signed with the secrets of then, when the endpoint is gone`() async throws {
        let made = try await fixture.create()
        let rotated = try await fixture.webhooks.rotateSecret(
            of: made.endpoint.id, in: fixture.team, by: fixture.author)
        #expect(try await fixture.announce(.teamDeleted) == 1)
        try await fixture.webhooks.remove(made.endpoint.id, in: fixture.team, by: fixture.author)
        let farewell = try #require(try await farewells().first)
        try await fixture.webhooks.deliver(farewell, attempt: 1)
        let request = try #require(fixture.sender.requests.first)
        #expect(request.url == made.endpoint.url && String(decoding: request.body, as: UTF8.self) == farewell.body)
        let signature = request.headers.first { $0.name == "webhook-signature" }?.value
        let expected = [rotated, made.secret].map {
            WebhookSignature.signature(
                id: farewell.eventID.description, timestamp: String(fixture.time.now.seconds), body: request.body,
                secret: $0)
        }
        #expect(signature == expected.joined(separator: " "))
    }

    @Test func `only those who want it and are not paused, of this team alone, each by a job`() async throws {
        let wanted = try await fixture.create(subscription: .only([.teamDeleted])).endpoint
        _ = try await fixture.create(subscription: .only([.memberAdded]))
        let paused = try await fixture.create().endpoint
        _ = try await fixture.webhooks.update(
            paused.id, in: fixture.team, with: WebhookChanges(isActive: false), by: fixture.author)
        _ = try await fixture.webhooks.create(
            WebhookDraft(url: "https://other.example.org/"), in: fixture.other, by: fixture.author)
        #expect(try await fixture.announce(.teamDeleted) == 1)
        #expect(try await farewells().map(\.endpointID) == [wanted.id])
        #expect(try await fixture.jobs().isEmpty)
    }

    @Test func `it is tried as often as any event, and then it just ends`() async throws {
        _ = try await fixture.create()
        try await fixture.announce(.teamDeleted)
        let farewell = try #require(try await farewells().first)
        for attempt in 1...WebhookRetries.waits.count {
            fixture.sender.answer(with: .answered(status: 500, excerpt: ""))
            await #expect(throws: JobFailure.self) {
                try await fixture.webhooks.deliver(farewell, attempt: attempt)
            }
        }
        fixture.sender.answer(with: .unanswered(.timedOut))
        try await fixture.webhooks.deliver(farewell, attempt: WebhookRetries.waits.count + 1)
        #expect(fixture.sender.requests.count == WebhookRetries.waits.count + 1)
    }
}
