import Billing
import Core
import Testing

/// What is wrong with catalogues in files.
struct CatalogueReaderTests {
    private typealias Tree = CatalogueTree

    private static func map(_ entries: KeyValuePairs<String, CatalogueTree>) -> CatalogueTree {
        .map(entries.map { CatalogueTree.Entry($0, $1) })
    }

    private static let limits = map([
        "seats": .integer(25), "storage_bytes": .integer(100), "ai_tokens": .text("unlimited"),
        "api_calls": .integer(7),
    ])
    private static let price = map([
        "id": .text("pro_month_eur"), "interval": .text("month"), "currency": .text("eur"),
        "unit_amount": .integer(1900),
    ])
    private static let free = map(["id": .text("free"), "name": .text("Free"), "limits": limits])

    private static func pro(_ entries: KeyValuePairs<String, CatalogueTree> = [:]) -> CatalogueTree {
        let changed = Set(entries.map(\.key))
        let standard: KeyValuePairs<String, CatalogueTree> = [
            "id": .text("pro"), "name": .text("Pro"), "limits": limits, "prices": .list([price]),
        ]
        return .map(
            standard.filter { !changed.contains($0.key) }.map { CatalogueTree.Entry($0.key, $0.value) }
                + entries.filter { $0.value != .null }.map { CatalogueTree.Entry($0.key, $0.value) })
    }

    private static func file(_ plans: CatalogueTree...) -> CatalogueTree {
        map(["plans": .list(plans)])
    }

    private func problems(_ tree: CatalogueTree) -> [String] {
        do {
            _ = try Catalogue(reading: tree)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test func `a file is read`() throws {
        let catalogue = try Catalogue(
            reading: Self.file(
                Self.free, Self.pro(["features": .list([.text("webhooks")]), "trial_days": .integer(14)])))
        let pro = try #require(catalogue.plan(PlanID(stored: "pro")))
        #expect(
            pro
                == Plan(
                    id: PlanID(stored: "pro"), name: "Pro", features: [PlanFeature(stored: "webhooks")],
                    limits: PlanLimits(seats: 25, storageBytes: 100, aiTokens: nil, apiCalls: 7), trialDays: 14,
                    prices: [
                        PlanPrice(
                            id: PriceID(stored: "pro_month_eur"), interval: .month, unitAmount: Money(1900, .eur))
                    ]))
    }

    @Test(
        arguments: [
            (.null, ["write a map with plans, not empty"]), (map([:]), ["plans: is missing: add it"]),
            (map(["plans": .text("x")]), ["plans: write a list, not the text `x`"]),
            (file(), ["plans: add a plan `free`"]),
            (file(free, .integer(3)), ["plans[1]: write a map with id, name, features"]),
            (file(free, pro(["trial_day": .integer(3)])), ["plans[1].trial_day: there is no such key"]),
            (file(free, pro(["id": .integer(3)])), ["plans[1].id: write a text, not the number 3"]),
            (file(free, pro(["name": .null])), ["plans[1].name: is missing: add it"]),
            (file(free, pro(["limits": .list([])])), ["plans[1].limits: write a map with seats"]),
            (
                file(free, pro(["trial_days": .text("14 days")])),
                ["plans[1].trial_days: write a whole number, not the text"]
            ),
            (file(free, pro(["trial_days": .integer(.max)])), ["plans[1].trial_days: a trial has 0 to 730 days"]),
            (
                file(free, pro(["features": .list([.bool(true)])])),
                ["plans[1].features[0]: a feature is a name, not `true`"]
            ),
            (file(free, pro(["prices": .list([])])), ["plans[1].prices: give the plan a price"]),
            // One mistake, told once: not also that there is no price.
            (file(free, pro(["prices": .text("x")])), ["plans[1].prices: write a list"]),
            (file(free, pro(["prices": .list([.null])])), ["plans[1].prices[0]: write a map with id, interval"]),
            (
                file(free, pro(["prices": .list([.map([.init("id", .text("a")), .init("id", .text("b"))])])])),
                [
                    "plans[1].prices[0].id: the key is there twice", "plans[1].prices[0].interval: is missing",
                    "plans[1].prices[0].currency: is missing", "plans[1].prices[0].unit_amount: is missing",
                ]
            ),
            (
                file(
                    free,
                    pro([
                        "prices": .list([
                            map([
                                "id": .text("a"), "interval": .text("week"), "currency": .text("EURO"),
                                "unit_amount": .text("19.00"), "per_seat": .text("yes"), "sold": .integer(1),
                            ])
                        ])
                    ])),
                [
                    "plans[1].prices[0].interval: an interval is `month` or `year`, not `week`",
                    "plans[1].prices[0].currency: `EURO` is no currency of ISO 4217",
                    "plans[1].prices[0].unit_amount: write a whole number of the currency's smallest unit (1900 for 19.00 EUR), not the text `19.00`",
                    "plans[1].prices[0].per_seat: write `true` or `false`, not the text `yes`",
                    "plans[1].prices[0].sold: write `true` or `false`, not the number 1",
                ]
            ),
            // What can't be read comes first, then what breaks rules, with the places of the file.
            (
                file(pro(["prices": .list([.null, price]), "trial_days": .integer(-3)]), pro()),
                [
                    "plans[0].prices[0]: write a map", "plans[0].trial_days: a trial",
                    "plans[1].id: `pro` is the id of plans[0]",
                    "plans[1].prices[0].id: `pro_month_eur` is the id of plans[0].prices[1]",
                    "plans: add a plan `free`",
                ]
            ),
        ] as [(CatalogueTree, [String])])
    func `each mistake is told once, where it is, with what to do`(tree: CatalogueTree, beginnings: [String]) {
        let problems = problems(tree)
        #expect(problems.count == beginnings.count, "\(problems)")
        for (problem, beginning) in zip(problems, beginnings) { #expect(problem.hasPrefix(beginning)) }
    }
}
