/// How long a failed job waits for its next attempt: exponentially longer, with jitter so that what failed together does
/// not come again together.
public struct RetryPolicy: Sendable, Equatable {
    /// 5 s doubling to an hour: the twenty attempts of a job span about ten hours.
    public static let standard = RetryPolicy(first: .seconds(5), longest: .hours(1))
    /// The part of a wait that is left to chance, to either side.
    private static let jitter = 0.2
    /// Doublings beyond this change nothing but could overflow.
    private static let mostDoublings = 30

    public let first: Duration
    public let longest: Duration

    public init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// - Parameters:
    ///   - attempt: The one that failed, 1 for the first.
    ///   - fraction: By chance, from 0 to 1.
    public func delay(after attempt: Int, fraction: Double) -> Duration {
        let doublings = min(max(attempt - 1, 0), Self.mostDoublings)
        let wait = min(longest, first * (1 << doublings))
        let part = 1 - Self.jitter + 2 * Self.jitter * min(max(fraction, 0), 1)
        return .milliseconds((Double(wait.microseconds) / 1000 * part).rounded())
    }
}
