import Core

/// A plan with where it was written, for telling what is wrong with it.
struct PlacedPlan {
    let plan: Plan
    let path: String
    /// One for each of the plan's prices.
    let pricePaths: [String]
    /// Whether it has prices that could not be read and are told of already.
    let hasUnreadPrices: Bool

    init(_ plan: Plan, at path: String, pricePaths: [String]? = nil, hasUnreadPrices: Bool = false) {
        self.plan = plan
        self.path = path
        self.pricePaths = pricePaths ?? plan.prices.indices.map { "\(path).prices[\($0)]" }
        self.hasUnreadPrices = hasUnreadPrices
    }

    var placedPrices: [(price: PlanPrice, path: String)] {
        zip(plan.prices, pricePaths).map { (price: $0, path: $1) }
    }
}
