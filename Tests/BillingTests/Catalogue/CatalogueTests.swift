import Billing
import Core
import Testing

struct CatalogueTests {
    @Test func `the demo catalogue breaks no rule of its own`() throws {
        #expect(try Catalogue(Catalogue.demo.plans) == .demo)
    }

    @Test(
        arguments: [
            ("free", 3, 1 << 30, 20_000, 10_000, 0), ("pro", 25, 100 << 30, 1_000_000, 1_000_000, 14),
            ("business", 250, 1 << 40, 10_000_000, 10_000_000, 0),
        ] as [(String, Int64, Int64, Int64, Int64, Int)])
    func `the demo catalogue limits what the page of the API says`(
        id: String, seats: Int64, bytes: Int64, tokens: Int64, calls: Int64, trialDays: Int
    ) throws {
        let plan = try #require(Catalogue.demo.plan(PlanID(stored: id)))
        #expect(plan.limits == PlanLimits(seats: seats, storageBytes: bytes, aiTokens: tokens, apiCalls: calls))
        #expect(plan.trialDays == trialDays)
    }

    @Test(arguments: [
        ("pro_month_eur", "19.00 EUR"), ("pro_month_usd", "19.00 USD"), ("pro_year_eur", "190.00 EUR"),
        ("pro_year_usd", "190.00 USD"), ("business_month_eur", "49.00 EUR"), ("business_month_usd", "49.00 USD"),
        ("business_year_eur", "490.00 EUR"), ("business_year_usd", "490.00 USD"),
    ])
    func `the demo catalogue costs what the page of the API says`(id: String, amount: String) throws {
        let offer = try #require(Catalogue.demo.offer(PriceID(stored: id)))
        #expect("\(offer.price.unitAmount)" == amount && offer.price.isPerSeat && offer.price.isSold)
        #expect(id.hasPrefix("\(offer.plan.id)_\(offer.price.interval.rawValue)_"))
    }

    @Test func `the demo catalogue has nothing else`() {
        #expect(Catalogue.demo.plans.map(\.id.text) == ["free", "pro", "business"])
        #expect(Catalogue.demo.plans.flatMap(\.prices).count == 8)
        #expect(Catalogue.demo.free.id == .free && Catalogue.demo.free.prices.isEmpty)
        #expect(Catalogue.demo.offer(PriceID(stored: "gold")) == nil)
        #expect(Catalogue.demo.plan(PlanID(stored: "gold")) == nil)
    }
}
