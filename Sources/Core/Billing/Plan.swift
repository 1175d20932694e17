/// What can be subscribed to: what it lets its payers use, and what it costs.
public struct Plan: Sendable, Equatable, Identifiable {
    public let id: PlanID
    /// As people read it.
    public let name: String
    public let features: [PlanFeature]
    public let limits: PlanLimits
    /// What a payer's first subscription is free for, in days; 0 for none.
    public let trialDays: Int
    /// None for the free plan.
    public let prices: [PlanPrice]

    public init(
        id: PlanID, name: String, features: [PlanFeature] = [], limits: PlanLimits, trialDays: Int = 0,
        prices: [PlanPrice] = []
    ) {
        self.id = id
        self.name = name
        self.features = features
        self.limits = limits
        self.trialDays = trialDays
        self.prices = prices
    }
}

/// What a plan costs for a while, in one currency.
public struct PlanPrice: Sendable, Equatable, Identifiable {
    public let id: PriceID
    public let interval: BillingInterval
    /// For an interval, and for each seat where it is per seat.
    public let unitAmount: Money
    public let isPerSeat: Bool
    /// Whether new subscriptions can have it. One that is sold no more stays in the catalogue while anybody pays it.
    public let isSold: Bool

    public init(
        id: PriceID, interval: BillingInterval, unitAmount: Money, isPerSeat: Bool = false, isSold: Bool = true
    ) {
        self.id = id
        self.interval = interval
        self.unitAmount = unitAmount
        self.isPerSeat = isPerSeat
        self.isSold = isSold
    }

    public var currency: Currency { unitAmount.currency }
}

/// How long a price is paid for at a time. The raw values are part of the API and of stored rows.
public enum BillingInterval: String, Sendable, CaseIterable, Codable {
    case month
    case year
}
