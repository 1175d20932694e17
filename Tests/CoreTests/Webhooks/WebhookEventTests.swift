import Testing

@testable import Core

struct WebhookEventTests {
    private struct Sample: Encodable {
        let id: Int
        let text: String
    }

    private let team = ID<Team>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0002)

    private func event(_ text: String) throws -> WebhookEvent {
        try WebhookEvent(
            .memberAdded, of: team, data: Sample(id: 7, text: text), id: ID(high: 1, low: 2),
            at: Timestamp(seconds: 1_767_225_600))
    }

    @Test func `the body says what happened, when and to whom`() throws {
        let body = try event("a/b").body
        #expect(
            body
                == #"{"data":{"id":7,"text":"a/b"},"timestamp":"\#(Timestamp(seconds: 1_767_225_600))","type":"member.added"}"#
        )
    }

    @Test func `a body has a greatest size`() throws {
        let room = WebhookEvent.largestBody - (try event("")).body.utf8.count
        #expect(try event(String(repeating: "a", count: room)).body.utf8.count == WebhookEvent.largestBody)
        #expect(throws: WebhookEvent.TooLarge(bytes: WebhookEvent.largestBody + 1)) {
            _ = try event(String(repeating: "a", count: room + 1))
        }
    }

    @Test func `names of events are a noun and what happened to it`() throws {
        for kind in WebhookEventKind.allCases {
            #expect(try #/[a-z_]+\.[a-z_]+/#.wholeMatch(in: kind.rawValue) != nil)
            #expect(kind.rawValue.utf8.count <= 64)
        }
        #expect(!WebhookEventKind.subscribable.contains(.test))
        #expect(WebhookEventKind.subscribable.count == WebhookEventKind.allCases.count - 1)
    }

    @Test func `everything is everything but a test`() {
        for kind in WebhookEventKind.subscribable { #expect(WebhookSubscription.everything.wants(kind)) }
        #expect(!WebhookSubscription.everything.wants(.test))
        #expect(WebhookSubscription.only([.teamDeleted]).wants(.teamDeleted))
        #expect(!WebhookSubscription.only([.teamDeleted]).wants(.teamUpdated))
    }
}
