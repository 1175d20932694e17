import Core

/// When a call is sent again, with the same idempotency key, after a try that came to nothing. The rules are those of the
/// official SDKs (stripe-python `_http_client.py`), but for 429, which they leave to the caller.
struct StripeRetries: Sendable {
    /// What came of one try.
    enum Outcome: Sendable, Equatable {
        /// A time-out, a connection that ended: it may have had its effect.
        case noAnswer
        /// - Parameters:
        ///   - code: Of the error.
        ///   - isAdvised: What `Stripe-Should-Retry` says.
        ///   - after: What `Retry-After` says.
        case refused(status: Int, code: String?, isAdvised: Bool?, after: Duration?)
    }

    static let standard = StripeRetries(
        mostTries: 3, each: .seconds(10), whole: .seconds(25), first: .milliseconds(500), longest: .seconds(5))

    /// The first one among them.
    let mostTries: Int
    /// From the beginning of a try to the last byte of its answer.
    let each: Duration
    /// From the beginning of the first try to the end of the last, the waits between them included.
    let whole: Duration
    /// Before the second try; doubled for each other.
    let first: Duration
    /// What doubling comes to at most; `Retry-After` may ask for more.
    let longest: Duration

    /// The codes of 409 that another call in the same moment is the cause of.
    private static let passing: Set = ["lock_timeout", "idempotency_key_in_use"]
    /// Doublings beyond this change nothing but could overflow.
    private static let mostDoublings = 30

    /// - Parameters:
    ///   - tries: How many there were.
    ///   - elapsed: Since the beginning of the first.
    ///   - fraction: By chance, from 0 to 1.
    /// - Returns: Nil when there is to be no other try.
    func wait(after outcome: Outcome, tries: Int, elapsed: Duration, fraction: Double) -> Duration? {
        guard tries < mostTries, isPassing(outcome) else { return nil }
        var wait = backOff(tries: tries, fraction: fraction)
        if case .refused(_, _, _, let asked?) = outcome { wait = max(wait, asked) }
        return elapsed + wait < whole ? wait : nil
    }

    private func isPassing(_ outcome: Outcome) -> Bool {
        guard case .refused(let status, let code, let isAdvised, _) = outcome else { return true }
        if let isAdvised { return isAdvised }
        switch status {
        case 409: return code.map(Self.passing.contains) ?? false
        case 429, 500...: return true
        default: return false
        }
    }

    /// From half of the doubled wait to the whole of it, but never below the first.
    private func backOff(tries: Int, fraction: Double) -> Duration {
        let doubled = min(longest, first * (1 << min(max(tries - 1, 0), Self.mostDoublings)))
        let part = 0.5 + 0.5 * min(max(fraction, 0), 1)
        return max(first, .milliseconds((Double(doubled.microseconds) / 1000 * part).rounded()))
    }
}
