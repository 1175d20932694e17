import Billing
import Core
import Testing

struct EntitlementPolicyTests {
    private let policy = EntitlementPolicy(catalogue: .demo)

    private func state(_ snapshot: SubscriptionSnapshot) -> SubscriptionState {
        SubscriptionMachine().apply(snapshot, to: nil).state
    }

    private func plan(_ snapshots: SubscriptionSnapshot..., on day: Int64 = 0) -> String {
        policy.plan(of: snapshots.map(state), at: .day(day)).id.text
    }

    @Test func `without a subscription the free plan is in force`() {
        #expect(plan() == "free")
    }

    @Test(arguments: SubscriptionStatus.allCases)
    func `a subscription is in force while its status gives something`(status: SubscriptionStatus) throws {
        let gives: Set<SubscriptionStatus> = [.trialing, .active, .pastDue]
        #expect(try plan(.any(status)) == (gives.contains(status) ? "pro" : "free"))
    }

    @Test func `it is in force until grace, or the end that was asked for, is over`() throws {
        let pastDue = try SubscriptionSnapshot.test(.pastDue, unpaidSince: 0)
        #expect(plan(pastDue, on: 13) == "pro" && plan(pastDue, on: 14) == "free")
        let ending = try SubscriptionSnapshot.test(cancelsAtPeriodEnd: true)
        #expect(plan(ending, on: 29) == "pro" && plan(ending, on: 30) == "free")
    }

    @Test func `of several the one made last counts, and one that gives nothing hides none`() throws {
        let pro = try SubscriptionSnapshot.test(reference: "sub_1", madeOn: 1)
        let business = try SubscriptionSnapshot.test(reference: "sub_2", price: "business_month_usd", madeOn: 2)
        let over = try SubscriptionSnapshot.test(.canceled, reference: "sub_3", madeOn: 3)
        let unpaid = try SubscriptionSnapshot.test(.unpaid, reference: "sub_4", madeOn: 4)
        #expect(plan(pro, business, over, unpaid) == "business" && plan(unpaid, over, business, pro) == "business")
        let all = [pro, business, over, unpaid].map(state)
        #expect(Set(all.surplus(at: .day(0)).map(\.newest.reference.text)) == ["sub_1", "sub_4"])
        #expect([state(unpaid)].surplus(at: .day(0)).isEmpty)
    }

    @Test func `a price that the catalogue does not know gives the free plan`() throws {
        #expect(try plan(.test(price: "gold_month_eur")) == "free")
        #expect(try plan(.test(price: nil)) == "free")
    }

    @Test(
        arguments: [
            (.seats, 2, 0, 1, .allowed), (.seats, 3, 0, 1, .upgradeRequired(limit: 3, used: 3)),
            (.seats, 1, 2, 1, .upgradeRequired(limit: 3, used: 3)),
            (.seats, 1, 1, 2, .upgradeRequired(limit: 3, used: 2)),
            (.seats, 9, 0, 0, .allowed), (.seats, 9, 0, -1, .allowed),
            (.seats, 9, 0, 1, .upgradeRequired(limit: 3, used: 9)),
            (.aiTokens, 19_000, 0, 1000, .allowed),
            (.aiTokens, 19_000, 500, 501, .upgradeRequired(limit: 20_000, used: 19_500)),
            (.apiCalls, .max, .max, .max, .upgradeRequired(limit: 10_000, used: .max)),
            (.storageBytes, 0, 0, .max, .upgradeRequired(limit: 1 << 30, used: 0)),
            (.storageBytes, 0, 0, 1 << 30, .allowed),
            (.seats, -5, -5, 3, .allowed), (.seats, 0, 0, .min, .allowed),
        ] as [(PlanLimit, Int64, Int64, Int64, EntitlementDecision)])
    func `there is room up to the limit, with what is held reckoned in`(
        limit: PlanLimit, used: Int64, reserved: Int64, amount: Int64, decision: EntitlementDecision
    ) {
        let usage = PlanUsage(used: used, reserved: reserved)
        #expect(policy.decide(limit, adding: amount, usage: usage, subscriptions: [], at: .day(0)) == decision)
    }

    @Test func `a plan without a limit has room for any amount`() throws {
        let limits = PlanLimits(seats: nil, storageBytes: 0, aiTokens: nil, apiCalls: nil)
        let policy = EntitlementPolicy(catalogue: try Catalogue([Plan(id: .free, name: "Free", limits: limits)]))
        func decide(_ limit: PlanLimit) -> EntitlementDecision {
            policy.decide(limit, adding: .max, usage: PlanUsage(used: .max), subscriptions: [], at: .day(0))
        }
        #expect(decide(.seats) == .allowed)
        #expect(decide(.storageBytes) == .upgradeRequired(limit: 0, used: .max))
    }

    @Test func `a feature is had with the plan that has it`() throws {
        let webhooks = PlanFeature(stored: "webhooks")
        #expect(!policy.has(webhooks, subscriptions: [], at: .day(0)))
        #expect(try policy.has(webhooks, subscriptions: [state(.test())], at: .day(0)))
    }
}
