public import Core

/// Another price, other seats, or both.
public struct SubscriptionChange: Sendable, Equatable {
    public let subscription: SubscriptionReference
    public let price: PriceID
    public let quantity: Int64
    /// The moment that the provider reckons from, in whole seconds: the same in the preview and in the change, so that what
    /// was shown is what is charged.
    public let prorationTime: Timestamp

    public init(subscription: SubscriptionReference, price: PriceID, quantity: Int64, prorationTime: Timestamp) {
        self.subscription = subscription
        self.price = price
        self.quantity = quantity
        self.prorationTime = Timestamp(seconds: prorationTime.seconds)
    }
}

/// What a change would cost, as the provider reckons it.
public struct ChangePreview: Sendable, Equatable {
    /// For what, and how much; below nothing for what is given back.
    public struct Line: Sendable, Equatable {
        public let description: String
        public let amount: Money
        public let period: BillingPeriod
        /// Whether it is for a part of a period, because of the change.
        public let isProration: Bool

        public init(description: String, amount: Money, period: BillingPeriod, isProration: Bool) {
            self.description = description
            self.amount = amount
            self.period = period
            self.isProration = isProration
        }
    }

    public let lines: [Line]
    /// What is charged at once, credit and taxes reckoned with.
    public let dueNow: Money
    public let prorationTime: Timestamp

    public init(lines: [Line], dueNow: Money, prorationTime: Timestamp) {
        self.lines = lines
        self.dueNow = dueNow
        self.prorationTime = prorationTime
    }
}

/// When a subscription that nobody wants any more ends.
public enum SubscriptionEnd: String, Sendable, Codable, CaseIterable {
    /// What is paid for is used to its end.
    case atPeriodEnd = "at_period_end"
    /// At once; nothing goes back by itself.
    case now
}
