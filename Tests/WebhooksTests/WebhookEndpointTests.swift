import Core
import Fakes
import Persistence
import Testing

@testable import Webhooks

struct WebhookEndpointTests {
    @Test func `an endpoint is made with a secret of its own, which is sealed for it alone`() async throws {
        let fixture = WebhookFixture()
        let (one, other) = (try await fixture.create(), try await fixture.create())
        #expect(one.secret != other.secret)
        #expect(try await fixture.endpoint(one.endpoint.id) == one.endpoint)
        #expect(one.endpoint.isActive && one.endpoint.version == 1)
        let rows = try await fixture.store.webhookEndpoints.secrets(after: nil, limit: 9)
        for new in [one, other] {
            let row = try #require(rows.first { $0.endpointID == new.endpoint.id })
            let context = "webhook/\(new.endpoint.id)"
            #expect(try fixture.webhooks.sealing.open(row.secrets.current, context: context) == new.secret.bytes)
        }
        #expect(throws: WebhookFixture.Seal.self) {
            try fixture.webhooks.sealing.open(rows[0].secrets.current, context: "webhook/\(rows[1].endpointID)")
        }
    }

    @Test(arguments: [
        ("http://receiver.example/", WebhookURL.Problem.notHTTPS), ("https://10.0.0.1/", .privateHost),
        ("x", .malformed),
    ])
    func `an address that is none makes no endpoint, and is no change of one`(
        url: String, problem: WebhookURL.Problem
    ) async throws {
        let fixture = WebhookFixture()
        await #expect(throws: WebhookError.url(problem)) { _ = try await fixture.create(url) }
        let new = try await fixture.create()
        await #expect(throws: WebhookError.url(problem)) {
            _ = try await fixture.webhooks.update(
                new.endpoint.id, in: fixture.team, with: WebhookChanges(url: url), by: fixture.author)
        }
        #expect(try await fixture.endpoint(new.endpoint.id) == new.endpoint)
        let development = WebhookFixture(reach: .anywhere)
        if problem != .malformed { _ = try await development.create(url) }
    }

    @Test func `an endpoint wants something, and can't ask for tests`() async throws {
        let fixture = WebhookFixture()
        for kinds in [[], [.test]] as [Set<WebhookEventKind>] {
            await #expect(throws: WebhookError.noEvents) { _ = try await fixture.create(subscription: .only(kinds)) }
        }
        let new = try await fixture.create(subscription: .only([.test, .teamDeleted]))
        #expect(new.endpoint.subscription == .only([.teamDeleted]))
        await #expect(throws: WebhookError.noEvents) {
            _ = try await fixture.webhooks.update(
                new.endpoint.id, in: fixture.team, with: WebhookChanges(subscription: .only([.test])),
                by: fixture.author)
        }
    }

    @Test func `of endpoints made at once a team gets twenty`() async throws {
        let fixture = WebhookFixture()
        let made = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    do {
                        _ = try await fixture.create()
                        return true
                    } catch WebhookError.tooManyEndpoints {
                        return false
                    } catch {
                        Issue.record(error)
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == OutboundWebhooks.mostEndpoints)
        let page = try await fixture.webhooks.list(
            in: fixture.team, for: fixture.author.user, page: PageRequest(limit: 100))
        #expect(page.items.count == OutboundWebhooks.mostEndpoints)
        #expect(try await fixture.log().count == OutboundWebhooks.mostEndpoints)
    }

    @Test func `an endpoint is changed where it is what the caller took it for`() async throws {
        let fixture = WebhookFixture()
        let id = try await fixture.create().endpoint.id
        let changes = WebhookChanges(
            url: "https://other.example/", name: "Other", subscription: .only([.teamDeleted]), isActive: false)
        await #expect(throws: WebhookError.preconditionFailed) {
            _ = try await fixture.webhooks.update(id, in: fixture.team, with: changes, by: fixture.author) { _ in false
            }
        }
        fixture.time.advance(by: .seconds(1))
        let updated = try await fixture.webhooks.update(id, in: fixture.team, with: changes, by: fixture.author) {
            $0.version == 1
        }
        #expect(updated.url.text == "https://other.example/" && updated.name == "Other" && updated.version == 2)
        #expect(updated.subscription == .only([.teamDeleted]) && updated.pause == .requested)
        #expect(updated.updatedAt == fixture.time.now)
        let again = try await fixture.webhooks.update(id, in: fixture.team, with: changes, by: fixture.author)
        #expect(again == updated)
        #expect(try await fixture.log().map(\.action) == ["webhook.created", "webhook.updated"])
    }

    @Test func `a reason for a pause stays, until the endpoint is resumed`() async throws {
        let fixture = WebhookFixture()
        let id = try await fixture.create().endpoint.id
        let endpoints = fixture.store.webhookEndpoints
        try await endpoints.noteFailure(of: id, in: fixture.team, at: fixture.time.now)
        #expect(
            try await endpoints.pause(id, of: fixture.team, as: .gone, failingBefore: nil, at: fixture.time.now))
        let off = try await fixture.webhooks.update(
            id, in: fixture.team, with: WebhookChanges(isActive: false), by: fixture.author)
        #expect(off.pause == .gone)
        let resumed = try await fixture.webhooks.update(
            id, in: fixture.team, with: WebhookChanges(isActive: true), by: fixture.author)
        #expect(resumed.pause == nil && resumed.failingSince == nil)
    }

    @Test func `an endpoint goes with its deliveries`() async throws {
        let fixture = WebhookFixture()
        let id = try await fixture.create().endpoint.id
        try await fixture.announce()
        await #expect(throws: WebhookError.preconditionFailed) {
            try await fixture.webhooks.remove(id, in: fixture.team, by: fixture.author) { _ in false }
        }
        try await fixture.webhooks.remove(id, in: fixture.team, by: fixture.author)
        #expect(try await fixture.endpoint(id) == nil)
        #expect(try await fixture.deliveries(to: id).isEmpty)
    }

    @Test func `another team's endpoint is not there`() async throws {
        let fixture = WebhookFixture()
        let id = try await fixture.create().endpoint.id
        let (webhooks, other, author) = (fixture.webhooks, fixture.other, fixture.author)
        await #expect(throws: WebhookError.notFound) {
            _ = try await webhooks.update(id, in: other, with: WebhookChanges(name: "x"), by: author)
        }
        await #expect(throws: WebhookError.notFound) { try await webhooks.remove(id, in: other, by: author) }
        await #expect(throws: WebhookError.notFound) {
            _ = try await webhooks.rotateSecret(of: id, in: other, by: author)
        }
        await #expect(throws: WebhookError.notFound) { _ = try await webhooks.test(id, in: other, by: author) }
        await #expect(throws: WebhookError.notFound) {
            _ = try await webhooks.deliveries(to: id, in: other, for: author.user, page: PageRequest())
        }
        #expect(try await webhooks.list(in: other, for: author.user, page: PageRequest()).items.isEmpty)
        #expect(try await fixture.log().map(\.action) == ["webhook.created"])
    }

    @Test func `the log says who did what, and nothing of an address but its host`() async throws {
        let fixture = WebhookFixture()
        let id = try await fixture.create(subscription: .only([.teamDeleted, .memberAdded])).endpoint.id
        let (webhooks, team, author) = (fixture.webhooks, fixture.team, fixture.author)
        let steps: [@Sendable () async throws -> Void] = [
            { _ = try await webhooks.update(id, in: team, with: WebhookChanges(name: "x"), by: author) },
            { _ = try await webhooks.rotateSecret(of: id, in: team, overlap: .hours(1), by: author) },
            { _ = try await webhooks.test(id, in: team, by: author) },
            { try await webhooks.remove(id, in: team, by: author) },
        ]
        for step in steps {
            fixture.time.advance(by: .seconds(1))
            try await step()
        }
        let log = try await fixture.log()
        #expect(
            log.map(\.action) == [
                "webhook.created", "webhook.updated", "webhook.secret_rotated", "webhook.tested", "webhook.removed",
            ])
        for event in log {
            #expect(event.actorID == author.user && event.impersonatorID == author.impersonator)
            #expect(event.teamID == team && event.userID == nil && event.origin == author.origin)
            #expect(event.targetType == "webhook" && event.targetID == id.description)
            #expect(!event.changes.values.contains { $0.contains("hook") || $0.contains("secret") })
        }
        #expect(
            log[0].changes == [
                "host": "receiver.example", "events": "member.added team.deleted", "is_active": "true",
            ])
        #expect(log[2].changes == ["overlap_seconds": "3600"])
    }
}
