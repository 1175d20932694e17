public import Core

/// What a payer is to be charged for: reckoned here, never taken from whoever asks.
public struct CheckoutTerms: Sendable, Equatable {
    public let plan: Plan
    public let price: PlanPrice
    /// Units that are charged for.
    public let quantity: Int64
    /// Before the first charge; 0 for none.
    public let trialDays: Int

    /// - Parameters:
    ///   - members: Who has a seat now; people who are invited cost nothing before they join.
    ///   - subscriptions: All of the payer's that are live.
    ///   - hadTrial: Whether the payer had a trial, by any subscription.
    public init(
        price id: PriceID, of catalogue: Catalogue, members: Int64,
        subscriptions: some Sequence<SubscriptionState>, hadTrial: Bool
    ) throws(CheckoutRefusal) {
        guard let offer = catalogue.offer(id), offer.price.isSold else { throw .unknownPrice }
        guard !subscriptions.contains(where: \.status.isLive) else { throw .alreadySubscribed }
        if let most = offer.plan.limits.seats, members > most { throw .tooManyMembers(limit: most, used: members) }
        plan = offer.plan
        price = offer.price
        quantity = offer.price.quantity(members: members)
        trialDays = Trials.days(of: offer.plan, hadTrial: hadTrial)
    }
}

public enum CheckoutRefusal: Error, Equatable {
    /// The catalogue has no such price, or sells it no more.
    case unknownPrice
    /// There is a subscription: its plan can be changed.
    case alreadySubscribed
    /// The plan has fewer seats than the team has members.
    case tooManyMembers(limit: Int64, used: Int64)
}

extension PlanPrice {
    /// Units that are charged for: each member where it is per seat, one where it is flat.
    public func quantity(members: Int64) -> Int64 {
        isPerSeat ? max(1, members) : 1
    }
}
