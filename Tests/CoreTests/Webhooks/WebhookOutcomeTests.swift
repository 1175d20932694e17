import Core
import Testing

struct WebhookOutcomeTests {
    private static let long = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    /// Cut in the middle of a character.
    private static let accents = Array(("a" + String(repeating: "é", count: 5000)).utf8)
    private static let noText = [UInt8](repeating: 0xFF, count: 10_000)

    @Test(arguments: [[], Array("ok\0\n".utf8), long, accents, noText])
    func `of an answer so much is kept as PostgreSQL takes`(body: [UInt8]) throws {
        guard case .answered(200, let excerpt) = WebhookOutcome.answered(status: 200, body: body) else {
            Issue.record("no answer")
            return
        }
        #expect(excerpt.utf8.count <= WebhookOutcome.longestExcerpt)
        #expect(!excerpt.utf8.contains(0))
        #expect(excerpt.isEmpty == body.isEmpty)
        #expect(excerpt.utf8.count >= min(body.count, WebhookOutcome.longestExcerpt) - 8)
    }

    @Test(arguments: [
        (200, true), (204, true), (299, true), (199, false), (301, false), (304, false), (400, false), (500, false),
    ])
    func `only 2xx is success`(status: Int, isSuccess: Bool) {
        #expect(WebhookOutcome.answered(status: status, excerpt: "").isSuccess == isSuccess)
    }

    @Test func `no answer is neither success nor a farewell`() {
        for failure in WebhookFailure.allCases {
            #expect(!WebhookOutcome.unanswered(failure).isSuccess)
            #expect(!WebhookOutcome.unanswered(failure).isGone)
            #expect(failure.rawValue.utf8.count <= 64)
        }
        #expect(WebhookOutcome.answered(status: 410, excerpt: "").isGone)
        #expect(!WebhookOutcome.answered(status: 404, excerpt: "").isGone)
    }
}
