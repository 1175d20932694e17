import Core
import Testing

@testable import Integrations

struct StripeRetriesTests {
    private static func refused(
        _ status: Int, _ code: String? = nil, advised: Bool? = nil, after: Duration? = nil
    ) -> StripeRetries.Outcome {
        .refused(status: status, code: code, isAdvised: advised, after: after)
    }

    private static let outcomes: [(StripeRetries.Outcome, Bool)] = [
        (.noAnswer, true),
        (refused(500), true), (refused(502), true), (refused(503), true), (refused(599), true),
        (refused(429), true), (refused(429, "rate_limit"), true),
        (refused(409, "lock_timeout"), true), (refused(409, "idempotency_key_in_use"), true),
        (refused(409), false), (refused(409, "resource_already_exists"), false),
        (refused(400, "parameter_missing"), false), (refused(401), false), (refused(402, "card_declined"), false),
        (refused(403), false), (refused(404, "resource_missing"), false), (refused(302), false),
        // What Stripe says of it goes before.
        (refused(500, advised: false), false), (refused(429, advised: false), false),
        (refused(409, "lock_timeout", advised: false), false), (refused(400, advised: true), true),
    ]

    @Test(arguments: outcomes) func `what may pass is tried again, what will not is not`(
        outcome: StripeRetries.Outcome, isRetried: Bool
    ) {
        let wait = StripeRetries.standard.wait(after: outcome, tries: 1, elapsed: .zero, fraction: 0.5)
        #expect((wait != nil) == isRetried)
    }

    @Test func `waits double up to the longest, by chance down to a half, and never below the first`() {
        let retries = StripeRetries(
            mostTries: .max, each: .seconds(1), whole: .seconds(1000), first: .milliseconds(500), longest: .seconds(5))
        func wait(_ tries: Int, _ fraction: Double) -> Duration? {
            retries.wait(after: .noAnswer, tries: tries, elapsed: .zero, fraction: fraction)
        }
        #expect((1...6).map { wait($0, 1) } == [0.5, 1, 2, 4, 5, 5].map { .milliseconds(Int($0 * 1000)) })
        #expect((1...6).map { wait($0, 0) } == [0.5, 0.5, 1, 2, 2.5, 2.5].map { .milliseconds(Int($0 * 1000)) })
        #expect(wait(1_000_000, 2) == .seconds(5))
        #expect(wait(-1, -1) == .milliseconds(500))
    }

    @Test func `Retry-After lengthens a wait and never shortens it`() {
        func wait(_ after: Duration) -> Duration? {
            StripeRetries.standard.wait(
                after: Self.refused(429, after: after), tries: 1, elapsed: .zero, fraction: 0)
        }
        #expect(wait(.seconds(7)) == .seconds(7))
        #expect(wait(.zero) == .milliseconds(500))
    }

    @Test func `there are so many tries, within so long`() {
        func wait(_ tries: Int, elapsed: Duration) -> Duration? {
            StripeRetries.standard.wait(after: .noAnswer, tries: tries, elapsed: elapsed, fraction: 0)
        }
        #expect(wait(2, elapsed: .zero) != nil)
        #expect(wait(3, elapsed: .zero) == nil)
        #expect(wait(1, elapsed: .milliseconds(24_499)) != nil)
        #expect(wait(1, elapsed: .milliseconds(24_500)) == nil)
        let far = StripeRetries.standard.wait(
            after: Self.refused(503, after: .seconds(25)), tries: 1, elapsed: .zero, fraction: 0)
        #expect(far == nil)
    }
}
