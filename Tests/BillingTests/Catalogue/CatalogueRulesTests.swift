import Billing
import Core
import Testing

/// What is wrong with catalogues made in Swift.
struct CatalogueRulesTests {
    private static let limits = PlanLimits(seats: 3, storageBytes: 0, aiTokens: nil, apiCalls: 10)
    private static let free = Plan(id: .free, name: "Free", limits: limits)

    private static func price(
        _ id: String = "pro_month_eur", _ amount: Int64 = 1900, interval: BillingInterval = .month, isSold: Bool = true
    ) -> PlanPrice {
        PlanPrice(id: PriceID(stored: id), interval: interval, unitAmount: Money(amount, .eur), isSold: isSold)
    }

    private static func pro(
        _ id: String = "pro", name: String = "Pro", features: [String] = [], limits: PlanLimits = limits,
        trialDays: Int = 0, prices: [PlanPrice] = [price()]
    ) -> Plan {
        Plan(
            id: PlanID(stored: id), name: name, features: features.map(PlanFeature.init(stored:)), limits: limits,
            trialDays: trialDays, prices: prices)
    }

    private func paths(_ plans: [Plan]) -> [String] {
        do {
            _ = try Catalogue(plans)
            return []
        } catch {
            return error.problems.map(\.path)
        }
    }

    @Test(
        arguments: [
            ([free, pro()], []), ([pro()], ["plans"]), ([], ["plans"]), ([free, pro(prices: [])], ["plans[1].prices"]),
            ([Plan(id: .free, name: "Free", limits: limits, prices: [price()])], ["plans[0].prices"]),
            ([Plan(id: .free, name: "Free", limits: limits, trialDays: 14)], ["plans[0].trial_days"]),
            ([free, pro(), pro(prices: [price("other")])], ["plans[2].id"]),
            ([free, pro(), pro("gold")], ["plans[2].prices[0].id"]), ([free, pro("Gold")], ["plans[1].id"]),
            ([free, pro(name: "")], ["plans[1].name"]), ([free, pro(trialDays: -1)], ["plans[1].trial_days"]),
            ([free, pro(trialDays: 731)], ["plans[1].trial_days"]), ([free, pro(trialDays: 730)], []),
            ([free, pro(features: ["a", "B", "a"])], ["plans[1].features[1]", "plans[1].features[2]"]),
            ([free, pro(prices: [price("X y")])], ["plans[1].prices[0].id"]),
            ([free, pro(prices: [price("a", 0)])], ["plans[1].prices[0].unit_amount"]),
            ([free, pro(prices: [price("a", -1)])], ["plans[1].prices[0].unit_amount"]),
            ([free, pro(prices: [price("a", 100_000_000)])], ["plans[1].prices[0].unit_amount"]),
            ([free, pro(prices: [price("a", 99_999_999)])], []),
            ([free, pro(prices: [price("a"), price("b")])], ["plans[1].prices[1]"]),
            ([free, pro(prices: [price("a"), price("b", isSold: false)])], []),
            ([free, pro(prices: [price("a"), price("b", interval: .year)])], []),
            (
                [free, pro(limits: PlanLimits(seats: -1, storageBytes: -2, aiTokens: -3, apiCalls: .min))],
                ["seats", "storage_bytes", "ai_tokens", "api_calls"].map { "plans[1].limits.\($0)" }
            ),
            (
                [free, pro(limits: PlanLimits(seats: 0, storageBytes: 0, aiTokens: 0, apiCalls: 0))],
                ["plans[1].limits.seats"]
            ),
        ] as [([Plan], [String])])
    func `each mistake is told where it is`(plans: [Plan], places: [String]) {
        #expect(paths(plans) == places)
    }

    @Test func `all mistakes are told at once, each with what to do`() throws {
        let plans = [
            Self.pro("A", name: "", trialDays: -1, prices: []),
            Plan(id: .free, name: "Free", limits: Self.limits, trialDays: 3),
        ]
        let error = try #require(throws: CatalogueError.self) { try Catalogue(plans) }
        #expect(
            error.description == """
                plans[0].id: use 1 to 63 of a-z, 0-9, `_` and `-`, a letter first
                plans[0].name: give it 1 to 100 characters
                plans[0].trial_days: a trial has 0 to 730 days; it has -1
                plans[0].prices: give the plan a price; only the plan `free` goes without
                plans[1].trial_days: there is nothing to try for free: remove it
                """)
    }
}
