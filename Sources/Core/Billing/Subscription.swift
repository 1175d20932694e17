/// A plan that somebody pays for: what the provider has, as far as it was heard.
public struct Subscription: Sendable, Equatable, Identifiable {
    public let id: ID<Subscription>
    public let payer: Payer
    public var state: SubscriptionState

    public init(id: ID<Subscription>, payer: Payer, state: SubscriptionState) {
        self.id = id
        self.payer = payer
        self.state = state
    }
}

/// Where a subscription stands. Only the state machine of Billing makes new ones.
public struct SubscriptionState: Sendable, Hashable {
    /// The newest that was heard of the provider.
    public let newest: SubscriptionSnapshot
    /// Whether it was on trial, ever.
    public let hadTrial: Bool
    /// Until when what it allows goes on though a payment failed; nil unless it is past due.
    public let graceUntil: Timestamp?

    public init(newest: SubscriptionSnapshot, hadTrial: Bool, graceUntil: Timestamp?) {
        self.newest = newest
        self.hadTrial = hadTrial
        self.graceUntil = graceUntil
    }

    public var status: SubscriptionStatus { newest.status }
}
