/// How a subscription stands with the provider. The raw values are the provider's, part of the API and of stored rows.
public enum SubscriptionStatus: String, Sendable, Codable, CaseIterable {
    /// The first payment is not made yet.
    case incomplete
    /// The first payment was not made in time.
    case incompleteExpired = "incomplete_expired"
    case trialing
    case active
    /// A payment failed and is tried again.
    case pastDue = "past_due"
    case canceled
    /// A payment failed for good; invoices are made and not collected.
    case unpaid
    /// A trial ended without a way to pay.
    case paused

    /// Whether nothing comes after it: the provider never changes such a subscription again.
    public var isTerminal: Bool {
        switch self {
        case .incompleteExpired, .canceled: true
        case .incomplete, .trialing, .active, .pastDue, .unpaid, .paused: false
        }
    }

    /// Whether there is something that may be charged for: a payer with such a subscription has no use for a second one.
    public var isLive: Bool {
        switch self {
        case .trialing, .active, .pastDue, .unpaid, .paused: true
        case .incomplete, .incompleteExpired, .canceled: false
        }
    }
}
