import Billing
import Core
import Testing

struct PlanEntitlementsTests {
    private struct Kept: SubscriptionSource {
        let states: [Payer: [SubscriptionState]]

        func subscriptions(of payer: Payer) async throws -> [SubscriptionState] {
            states[payer] ?? []
        }
    }

    private let paying = ID<Team>(high: 1, low: 1)
    private let other = ID<Team>(high: 1, low: 2)

    /// Pro for one team, canceled for day 30.
    private func entitlements(of catalogue: Catalogue = .demo, on day: Int64) throws -> PlanEntitlements {
        let state = SubscriptionMachine().apply(try .test(cancelsAtPeriodEnd: true), to: nil).state
        return PlanEntitlements(
            catalogue: catalogue, source: Kept(states: [.team(paying): [state]]), time: TimeSource { .day(day) })
    }

    @Test func `a team has the seats of what it pays for, when it pays for it`() async throws {
        let port: any Entitlements = try entitlements(on: 29)
        #expect(try await port.seats(of: paying) == 25)
        #expect(try await port.seats(of: other) == 3)
        #expect(try await port.plan(of: paying) == "pro")
        #expect(try await port.plan(of: other) == "free")
        #expect(try await entitlements(on: 30).seats(of: paying) == 3)
    }

    @Test func `a person who pays alone is nobody's team`() async throws {
        let entitlements = try entitlements(on: 0)
        #expect(try await entitlements.plan(of: .user(paying.cast())).id == .free)
        #expect(try await entitlements.plan(of: .team(paying)).id.text == "pro")
    }

    @Test func `seats beyond what an Int counts, or any number, are no trap`() async throws {
        for (seats, expected) in [(Int64.max, Int(clamping: Int64.max)), (nil, nil)] as [(Int64?, Int?)] {
            let limits = PlanLimits(seats: seats, storageBytes: nil, aiTokens: nil, apiCalls: nil)
            let catalogue = try Catalogue([Plan(id: .free, name: "Free", limits: limits)])
            #expect(try await entitlements(of: catalogue, on: 0).seats(of: other) == expected)
        }
    }

    @Test func `the same is asked of what is kept`() async throws {
        let (now, later) = (try entitlements(on: 0), try entitlements(on: 30))
        let usage = PlanUsage(used: 2, reserved: 1)
        #expect(try await now.decide(.seats, adding: 1, usage: usage, payer: .team(paying)) == .allowed)
        #expect(
            try await later.decide(.seats, adding: 1, usage: usage, payer: .team(paying))
                == .upgradeRequired(limit: 3, used: 3))
    }
}
