import Core

/// When a delivery that failed is tried again: soon for what was a hiccup, then for a day in all, so that a night's outage
/// costs nobody an event.
enum WebhookRetries {
    /// After the first try, the second and so on: 23 hours, 35 minutes and 5 seconds together, before chance adds to them.
    static let waits: [Duration] = [
        .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(4), .hours(7), .hours(10),
    ]
    /// The part of a wait that chance may add, so that what failed together does not come again together.
    static let jitter = 0.1

    /// - Parameters:
    ///   - attempts: How many tries failed.
    ///   - fraction: By chance, from 0 to 1.
    /// - Returns: Nil when there is no other try.
    static func wait(after attempts: Int, fraction: Double) -> Duration? {
        guard (1...waits.count).contains(attempts) else { return nil }
        let wait = waits[attempts - 1]
        return wait + .milliseconds((Double(wait.microseconds) / 1000 * jitter * min(max(fraction, 0), 1)).rounded())
    }
}
