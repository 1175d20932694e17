public import Core

/// The plans there are, checked: names are unique, there is a free plan, and every other has a price.
public struct Catalogue: Sendable, Equatable {
    /// In the order in which they are shown.
    public let plans: [Plan]
    /// What a payer without a subscription has.
    public let free: Plan

    /// A plan with one of its prices.
    public struct Offer: Sendable, Equatable {
        public let plan: Plan
        public let price: PlanPrice
    }

    private let offers: [PriceID: Offer]

    /// - Throws: ``CatalogueError``, with all that is wrong at once.
    public init(_ plans: [Plan]) throws(CatalogueError) {
        try self.init(plans.enumerated().map { PlacedPlan($1, at: "plans[\($0)]") }, problems: [])
    }

    init(_ placed: [PlacedPlan], problems: [CatalogueProblem]) throws(CatalogueError) {
        let problems = problems + CatalogueRules.problems(in: placed)
        let plans = placed.map(\.plan)
        guard problems.isEmpty, let free = plans.first(where: { $0.id == .free }) else {
            throw CatalogueError(problems: problems)
        }
        self.init(checked: plans, free: free)
    }

    /// Of plans that are known to be right.
    init(checked plans: [Plan], free: Plan) {
        self.plans = plans
        self.free = free
        offers = Dictionary(
            plans.flatMap { plan in plan.prices.map { ($0.id, Offer(plan: plan, price: $0)) } },
            uniquingKeysWith: { first, _ in first })
    }

    public func plan(_ id: PlanID) -> Plan? {
        plans.first { $0.id == id }
    }

    /// What a price is for, whether it is sold still or not.
    public func offer(_ id: PriceID) -> Offer? {
        offers[id]
    }
}
