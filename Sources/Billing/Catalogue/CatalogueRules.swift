import Core

/// What holds for a catalogue, whichever way it was made.
enum CatalogueRules {
    /// Characters of what people read.
    private static let nameLengths = 1...100
    /// The provider's limit.
    private static let mostTrialDays = 730
    /// Of minor units: the provider charges no amount of more digits than eight.
    private static let mostUnitAmount: Int64 = 99_999_999

    static let nameAdvice = "use 1 to 63 of a-z, 0-9, `_` and `-`, a letter first"

    static func problems(in plans: [PlacedPlan]) -> [CatalogueProblem] {
        plans.flatMap(problems) + repetitions(in: plans) + missingFree(in: plans)
    }

    private static func problems(of placed: PlacedPlan) -> [CatalogueProblem] {
        let (plan, path) = (placed.plan, placed.path)
        var problems: [CatalogueProblem] = []
        func found(_ place: String, _ advice: String) { problems.append(CatalogueProblem("\(path).\(place)", advice)) }
        if PlanID(plan.id.text) == nil { found("id", nameAdvice) }
        if !nameLengths.contains(plan.name.count) { found("name", "give it 1 to 100 characters") }
        for limit in PlanLimit.allCases {
            if let most = plan.limits[limit], most < 0 {
                found("limits.\(limit.rawValue)", "a limit is 0 or more, or `unlimited`; it is \(most)")
            }
        }
        if plan.limits.seats == 0 { found("limits.seats", "a payer needs a seat: make it 1 or more") }
        if !(0...mostTrialDays).contains(plan.trialDays) {
            found("trial_days", "a trial has 0 to \(mostTrialDays) days; it has \(plan.trialDays)")
        }
        for (index, feature) in plan.features.enumerated() {
            if PlanFeature(feature.text) == nil { found("features[\(index)]", nameAdvice) }
            if plan.features[..<index].contains(feature) {
                found("features[\(index)]", "`\(feature)` is there already: remove one of the two")
            }
        }
        return problems + costs(of: placed) + placed.placedPrices.flatMap(Self.problems)
    }

    /// Whether it costs what such a plan costs.
    private static func costs(of placed: PlacedPlan) -> [CatalogueProblem] {
        let (plan, path) = (placed.plan, placed.path)
        guard plan.id == .free else {
            guard plan.prices.isEmpty, !placed.hasUnreadPrices else { return [] }
            return [
                CatalogueProblem("\(path).prices", "give the plan a price; only the plan `free` goes without")
            ]
        }
        var problems: [CatalogueProblem] = []
        if !plan.prices.isEmpty || placed.hasUnreadPrices {
            problems.append(CatalogueProblem("\(path).prices", "the free plan has no price: remove them"))
        }
        if plan.trialDays != 0 {
            problems.append(CatalogueProblem("\(path).trial_days", "there is nothing to try for free: remove it"))
        }
        return problems
    }

    private static func problems(of price: PlanPrice, at path: String) -> [CatalogueProblem] {
        var problems: [CatalogueProblem] = []
        if PriceID(price.id.text) == nil { problems.append(CatalogueProblem("\(path).id", nameAdvice)) }
        if !(1...mostUnitAmount).contains(price.unitAmount.minorUnits) {
            problems.append(
                CatalogueProblem(
                    "\(path).unit_amount",
                    "a price is 1 to \(mostUnitAmount) of the smallest unit; it is \(price.unitAmount.minorUnits)"))
        }
        return problems
    }

    /// What is there twice and must not be.
    private static func repetitions(in plans: [PlacedPlan]) -> [CatalogueProblem] {
        var problems: [CatalogueProblem] = []
        var (ids, prices): ([PlanID: String], [PriceID: String]) = ([:], [:])
        for placed in plans {
            if let first = ids[placed.plan.id] {
                problems.append(CatalogueProblem("\(placed.path).id", taken("\(placed.plan.id)", by: first)))
            }
            ids[placed.plan.id] = ids[placed.plan.id] ?? placed.path
            var kinds: [PriceKind: String] = [:]
            for (price, path) in placed.placedPrices {
                if let first = prices[price.id] {
                    problems.append(CatalogueProblem("\(path).id", taken("\(price.id)", by: first)))
                }
                prices[price.id] = prices[price.id] ?? path
                guard price.isSold else { continue }
                let kind = PriceKind(interval: price.interval, currency: price.currency)
                if let first = kinds[kind] {
                    problems.append(
                        CatalogueProblem(
                            path,
                            "\(first) is by \(kind.interval.rawValue) in \(kind.currency), too: sell only one of the two (`sold: false`)"
                        ))
                }
                kinds[kind] = kinds[kind] ?? path
            }
        }
        return problems
    }

    private static func missingFree(in plans: [PlacedPlan]) -> [CatalogueProblem] {
        plans.contains { $0.plan.id == .free }
            ? [] : [CatalogueProblem("plans", "add a plan `free`: it is what a payer without a subscription has")]
    }

    private static func taken(_ name: String, by path: String) -> String {
        "`\(name)` is the id of \(path) already: choose another one"
    }

    /// What a plan is sold once for.
    private struct PriceKind: Hashable {
        let interval: BillingInterval
        let currency: Currency
    }
}
