import Billing
import Core
import Testing

struct SubscriptionMachineTests {
    private let machine = SubscriptionMachine()

    private func news(
        _ before: SubscriptionSnapshot?, _ after: SubscriptionSnapshot
    ) -> [SubscriptionNews] {
        machine.apply(after, to: before.map { machine.apply($0, to: nil).state }).effects.compactMap { effect in
            if case .announce(let news) = effect { news } else { nil }
        }
    }

    @Test(arguments: SubscriptionStatus.allCases, SubscriptionStatus.allCases)
    func `the newer one is kept, but nothing follows an ending`(
        before: SubscriptionStatus, after: SubscriptionStatus
    ) throws {
        let old = machine.apply(try .any(before, on: 1), to: nil).state
        let next = machine.apply(try .any(after, on: 2), to: old)
        let isKept = !before.isTerminal || after.isTerminal
        #expect(next.state.status == (isKept ? after : before))
        #expect(next.verdict == (isKept ? .applied : .older))
    }

    @Test(arguments: SubscriptionStatus.allCases, SubscriptionStatus.allCases)
    func `an older one changes nothing, but an ending is believed whenever it comes`(
        kept: SubscriptionStatus, older: SubscriptionStatus
    ) throws {
        let old = machine.apply(try .any(kept, on: 2), to: nil).state
        let next = machine.apply(try .any(older, on: 1), to: old)
        #expect(next.state.status == (older.isTerminal && !kept.isTerminal ? older : kept))
    }

    @Test func `of two that say different things of one moment the same is kept in either order`() throws {
        let (a, b) = (try SubscriptionSnapshot.test(seats: 3), try SubscriptionSnapshot.test(seats: 4))
        let ends = [[a, b], [b, a]].map { $0.reduce(nil) { machine.apply($1, to: $0).state } }
        #expect(ends.first == ends.last)
        #expect(a.isNewer(than: b) != b.isNewer(than: a))
        #expect(!a.isNewer(than: a))
    }

    @Test func `an old object still tells of a trial`() throws {
        let state = machine.apply(try .test(.active, on: 20), to: nil).state
        #expect(!state.hadTrial)
        let next = machine.apply(try .test(.trialing, on: 1, trial: 0..<14), to: state)
        #expect(next.state.hadTrial && next.state.newest == state.newest)
        #expect(next.effects == [.noteTrial] && next.verdict == .older)
    }

    @Test(
        arguments: [
            (nil, .trialing, [.trialStarted(until: .day(14))]), (nil, .active, [.started]), (nil, .incomplete, []),
            (nil, .canceled, []), (nil, .pastDue, [.paymentFailed(graceUntil: .day(14))]),
            (.incomplete, .active, [.started]), (.incomplete, .incompleteExpired, []), (.incomplete, .canceled, []),
            (.trialing, .active, [.started]), (.trialing, .paused, [.paused]), (.paused, .active, [.resumed]),
            (.paused, .trialing, [.resumed]), (.active, .pastDue, [.paymentFailed(graceUntil: .day(14))]),
            (.pastDue, .active, [.recovered]), (.unpaid, .active, [.recovered]), (.pastDue, .unpaid, [.suspended]),
            (.active, .canceled, [.ended]), (.pastDue, .canceled, [.ended]), (.unpaid, .canceled, [.ended]),
            (.active, .active, []), (.canceled, .active, []),
        ] as [(SubscriptionStatus?, SubscriptionStatus, [SubscriptionNews])])
    func `each turn is told as what it is`(
        before: SubscriptionStatus?, after: SubscriptionStatus, told: [SubscriptionNews]
    ) throws {
        #expect(try news(before.map { try .any($0, on: 0) }, .any(after, on: 1)) == told)
    }

    @Test func `a new period, price, number of seats or end is told`() throws {
        let before = try SubscriptionSnapshot.test()
        #expect(try news(before, .test(on: 30, period: 30..<60)) == [.renewed])
        // A change of the interval begins a period before the old one is over.
        #expect(
            try news(before, .test(on: 5, price: "pro_year_eur", period: 5..<370)) == [
                .priceChanged(
                    from: PriceID(stored: "pro_month_eur"), to: PriceID(stored: "pro_year_eur"))
            ])
        #expect(try news(before, .test(on: 1, seats: 5)) == [.seatsChanged(from: 3, to: 5)])
        let ending = try SubscriptionSnapshot.test(on: 1, cancelsAtPeriodEnd: true)
        #expect(news(before, ending) == [.endScheduled(at: .day(30))])
        #expect(try news(ending, .test(on: 2)) == [.endWithdrawn])
        #expect(try news(before, .test(on: 1, cancelOn: 12)) == [.endScheduled(at: .day(12))])
    }

    @Test func `an end that is asked for is looked after, until it is withdrawn or there`() throws {
        let deadline = SubscriptionDeadline(.ends, at: .day(30))
        let ending = machine.apply(try .test(on: 1, cancelsAtPeriodEnd: true), to: nil)
        #expect(ending.effects.contains(.schedule(deadline)))
        for after in [try SubscriptionSnapshot.test(on: 2), try .test(.canceled, on: 30, cancelsAtPeriodEnd: true)] {
            #expect(machine.apply(after, to: ending.state).effects.contains(.drop(deadline)))
        }
    }

    @Test(arguments: SubscriptionStatus.allCases)
    func `a status gives what it gives`(status: SubscriptionStatus) throws {
        let access = machine.apply(try .any(status), to: nil).state.access
        let ends: [SubscriptionStatus: Timestamp?] = [.trialing: nil, .active: nil, .pastDue: .day(14)]
        #expect((access != nil) == ends.keys.contains(status))
        if let access, let end = ends[status] {
            #expect(access.endsAt == end)
            #expect(access.price == PriceID(stored: "pro_month_eur") && access.seats == 3)
        }
    }

    @Test(arguments: [SubscriptionStatus.trialing, .active])
    func `what is canceled at the period's end is used to its end`(status: SubscriptionStatus) throws {
        let snapshot = try SubscriptionSnapshot.test(status, trial: 0..<30, cancelsAtPeriodEnd: true)
        let access = try #require(machine.apply(snapshot, to: nil).state.access)
        #expect(access.holds(at: .day(30) - .microseconds(1)) && !access.holds(at: .day(30)))
    }

    @Test func `a renewal that is heard of late takes nothing away`() throws {
        #expect(machine.apply(try .test(period: 0..<30), to: nil).state.access?.holds(at: .day(31)) == true)
    }

    @Test func `what no provider can mean is no state`() {
        #expect(throws: SnapshotFlaw.negativeSeats) { try SubscriptionSnapshot.test(seats: -1) }
        #expect(throws: SnapshotFlaw.trialWithoutTimes) { try SubscriptionSnapshot.test(.trialing) }
        #expect(throws: SnapshotFlaw.pastDueWithoutInvoice) { try SubscriptionSnapshot.test(.pastDue) }
    }
}
