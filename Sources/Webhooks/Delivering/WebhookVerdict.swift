import Core

/// What follows from how a try went.
struct WebhookVerdict: Equatable {
    /// How long every try must have failed before an endpoint is paused: a weekend and the day after, so that somebody has been
    /// at work meanwhile.
    static let longestFailure = Duration.days(3)

    /// What it says of the endpoint.
    enum Health: Equatable {
        /// Nothing: somebody tried it out.
        case unchanged
        case well
        case failing
        /// An event was given up. Paused where every try has failed for ``longestFailure``: at the end of an event's tries and
        /// not before, so that an endpoint that is seldom called has a whole day's tries, too.
        case givenUp
        case gone
    }

    let state: WebhookDelivery.State
    /// Nil for none.
    let wait: Duration?
    let health: Health

    /// - Parameter attempts: With this one.
    init(_ outcome: WebhookOutcome, kind: WebhookEventKind, attempts: Int, fraction: Double) {
        if outcome.isSuccess {
            (state, wait, health) = (.delivered, nil, .well)
        } else if kind == .test {
            // Whoever asked for it waits for the answer: there is no other try.
            (state, wait, health) = (.failed, nil, .unchanged)
        } else if outcome.isGone {
            (state, wait, health) = (.failed, nil, .gone)
        } else if let wait = WebhookRetries.wait(after: attempts, fraction: fraction) {
            (state, self.wait, health) = (.pending, wait, .failing)
        } else {
            (state, wait, health) = (.failed, nil, .givenUp)
        }
    }
}
