import Core
import Testing

@testable import Webhooks

struct WebhookRetriesTests {
    @Test func `the tries of a delivery span a day, and each wait is longer than the one before`() {
        let waits = WebhookRetries.waits
        let least = waits.reduce(.zero, +)
        #expect(least >= .hours(23) && least <= .hours(24))
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 < $1 })
        let most = (1...waits.count).compactMap { WebhookRetries.wait(after: $0, fraction: 1) }.reduce(.zero, +)
        #expect(most > .hours(24) && most <= .hours(26))
    }

    @Test(arguments: [
        (1, Duration.seconds(5)), (2, .minutes(5)), (3, .minutes(30)), (4, .hours(2)), (5, .hours(4)), (6, .hours(7)),
        (7, .hours(10)),
    ])
    func `chance makes a wait up to a tenth longer`(attempts: Int, wait: Duration) throws {
        #expect(WebhookRetries.wait(after: attempts, fraction: 0) == wait)
        #expect(WebhookRetries.wait(after: attempts, fraction: -1) == wait)
        let longest = try #require(WebhookRetries.wait(after: attempts, fraction: 1))
        #expect(longest == wait + .microseconds(wait.microseconds / 10))
        #expect(WebhookRetries.wait(after: attempts, fraction: 2) == longest)
        let middle = try #require(WebhookRetries.wait(after: attempts, fraction: 0.5))
        #expect(middle > wait && middle < longest)
    }

    @Test(arguments: [Int.min, -1, 0, 8, 9, .max])
    func `there is no other wait`(attempts: Int) {
        #expect(WebhookRetries.wait(after: attempts, fraction: 0.5) == nil)
    }
}

struct WebhookVerdictTests {
    private static let failures: [WebhookOutcome] =
        WebhookFailure.allCases.map(WebhookOutcome.unanswered)
        + [301, 302, 400, 401, 404, 429, 500, 503].map { .answered(status: $0, excerpt: "") }

    private func verdict(_ outcome: WebhookOutcome, _ kind: WebhookEventKind = .memberAdded, attempts: Int)
        -> WebhookVerdict
    {
        WebhookVerdict(outcome, kind: kind, attempts: attempts, fraction: 0)
    }

    @Test(arguments: failures)
    func `what failed is tried again until the day is over`(outcome: WebhookOutcome) {
        for attempts in 1...7 {
            let verdict = verdict(outcome, attempts: attempts)
            #expect(verdict.state == .pending && verdict.health == .failing)
            #expect(verdict.wait == WebhookRetries.waits[attempts - 1])
        }
        let last = verdict(outcome, attempts: 8)
        #expect(last.state == .failed && last.health == .givenUp && last.wait == nil)
    }

    @Test(arguments: [1, 8])
    func `2xx is the end, and 410 for the endpoint too`(attempts: Int) {
        let done = verdict(.answered(status: 204, excerpt: ""), attempts: attempts)
        #expect(done.state == .delivered && done.health == .well && done.wait == nil)
        let gone = verdict(.answered(status: 410, excerpt: ""), attempts: attempts)
        #expect(gone.state == .failed && gone.health == .gone && gone.wait == nil)
    }

    @Test(arguments: failures + [.answered(status: 410, excerpt: "")])
    func `a test is tried once, and its failure says nothing of the endpoint`(outcome: WebhookOutcome) {
        let failed = verdict(outcome, .test, attempts: 1)
        #expect(failed.state == .failed && failed.health == .unchanged && failed.wait == nil)
    }

    @Test func `the success of a test does`() {
        #expect(verdict(.answered(status: 200, excerpt: ""), .test, attempts: 1).health == .well)
    }
}
