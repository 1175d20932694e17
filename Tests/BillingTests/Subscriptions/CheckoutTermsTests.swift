import Billing
import Core
import Testing

struct CheckoutTermsTests {
    private let machine = SubscriptionMachine()

    private func terms(
        _ price: String, of catalogue: Catalogue = .demo, members: Int64 = 3, _ status: SubscriptionStatus? = nil,
        hadTrial: Bool = false
    ) throws -> CheckoutTerms {
        let subscriptions = try status.map { [machine.apply(try .any($0), to: nil).state] } ?? []
        return try CheckoutTerms(
            price: PriceID(stored: price), of: catalogue, members: members, subscriptions: subscriptions,
            hadTrial: hadTrial)
    }

    @Test func `each member is charged for, and the first subscription is tried for free`() throws {
        let terms = try terms("pro_month_eur")
        #expect(terms.plan.id.text == "pro" && terms.price.unitAmount == Money(1900, .eur))
        #expect(terms.quantity == 3 && terms.trialDays == 14)
        #expect(try self.terms("pro_year_usd", members: 0).quantity == 1)
    }

    @Test func `there is one trial for a payer, of whatever plan`() throws {
        #expect(try terms("pro_month_eur", hadTrial: true).trialDays == 0)
        #expect(try terms("business_month_eur").trialDays == 0)
    }

    @Test(arguments: SubscriptionStatus.allCases)
    func `nobody subscribes beside a subscription that may be charged for`(status: SubscriptionStatus) throws {
        if status.isLive {
            #expect(throws: CheckoutRefusal.alreadySubscribed) { try terms("pro_month_eur", status) }
        } else {
            #expect(throws: Never.self) { try terms("pro_month_eur", status) }
        }
    }

    @Test func `a price is one of the catalogue's that is sold`() throws {
        let old = PlanPrice(
            id: PriceID(stored: "pro_old"), interval: .month, unitAmount: Money(900, .eur), isSold: false)
        let flat = PlanPrice(id: PriceID(stored: "pro_flat"), interval: .month, unitAmount: Money(9900, .eur))
        let limits = PlanLimits(seats: 5, storageBytes: nil, aiTokens: nil, apiCalls: nil)
        let catalogue = try Catalogue([
            Plan(id: .free, name: "Free", limits: limits),
            Plan(id: PlanID(stored: "pro"), name: "Pro", limits: limits, prices: [old, flat]),
        ])
        #expect(throws: CheckoutRefusal.unknownPrice) { try terms("gold") }
        #expect(throws: CheckoutRefusal.unknownPrice) { try terms("pro_old", of: catalogue) }
        #expect(try terms("pro_flat", of: catalogue).quantity == 1)
    }

    @Test func `a plan has room for who is there`() throws {
        #expect(try terms("pro_month_eur", members: 25).quantity == 25)
        #expect(throws: CheckoutRefusal.tooManyMembers(limit: 25, used: 26)) {
            try terms("pro_month_eur", members: 26)
        }
    }
}
