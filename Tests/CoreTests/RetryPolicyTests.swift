import Core
import Testing

struct RetryPolicyTests {
    @Test(arguments: [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (20, 3600), (1_000_000, 3600), (0, 5), (-5, 5)])
    func `waits double up to the longest`(attempt: Int, seconds: Int) {
        #expect(RetryPolicy.standard.delay(after: attempt, fraction: 0.5) == .seconds(seconds))
    }

    @Test func `chance moves a wait by a fifth to either side`() {
        let policy = RetryPolicy(first: .seconds(10), longest: .hours(1))
        #expect(policy.delay(after: 1, fraction: 0) == .seconds(8))
        #expect(policy.delay(after: 1, fraction: 1) == .seconds(12))
        #expect(policy.delay(after: 1, fraction: 7) == .seconds(12))
    }
}
