import Billing
import Core
import Testing

/// What holds for the state machine whatever comes.
struct SubscriptionPropertyTests {
    private static let seeds = UInt64(1)...100
    private let machine = SubscriptionMachine()

    private func run(_ events: [SubscriptionSnapshot], from state: SubscriptionState? = nil) -> SubscriptionState? {
        events.reduce(state) { machine.apply($1, to: $0).state }
    }

    @Test(arguments: seeds)
    func `any order of the events, each however often, ends in the same state`(seed: UInt64) throws {
        var arbitrary = ArbitraryEvents(seed: seed)
        let events = try arbitrary.events(arbitrary.number(1...25))
        let state = try #require(run(events))
        for _ in 0..<5 {
            let other = run(arbitrary.scramble(events))
            #expect(other == state)
        }
        // And it is the one that a reader of all events at once would take.
        let endings = events.filter(\.status.isTerminal)
        let latest = (endings.isEmpty ? events : endings).map(\.asOf).max()
        #expect(state.newest.asOf == latest && state.newest.status.isTerminal == !endings.isEmpty)
        #expect(events.contains(state.newest))
        #expect(state.hadTrial == events.contains { $0.trialStart != nil })
    }

    @Test(arguments: seeds)
    func `events that come again change nothing and ask for nothing`(seed: UInt64) throws {
        var arbitrary = ArbitraryEvents(seed: seed)
        let events = try arbitrary.events(20)
        let state = try #require(run(events))
        for event in arbitrary.scramble(Array(events.prefix(arbitrary.number(1...20)))) {
            let again = machine.apply(event, to: state)
            #expect(again.state == state && again.effects.isEmpty && again.verdict != .applied)
        }
    }

    @Test(arguments: seeds)
    func `no sequence of events reaches a forbidden state`(seed: UInt64) throws {
        var arbitrary = ArbitraryEvents(seed: seed)
        var state: SubscriptionState?
        for event in arbitrary.scramble(try arbitrary.events(25)) {
            let next = machine.apply(event, to: state).state
            expectAllowed(next)
            if let state { expectAllowed(from: state, to: next) }
            state = next
        }
    }

    @Test(arguments: seeds)
    func `what is left to do is what the last state asks for`(seed: UInt64) throws {
        var arbitrary = ArbitraryEvents(seed: seed)
        var (state, left, trials): (SubscriptionState?, Set<SubscriptionDeadline>, Int) = (nil, [], 0)
        let events = arbitrary.scramble(try arbitrary.events(25))
        for event in events {
            let transition = machine.apply(event, to: state)
            for effect in transition.effects {
                switch effect {
                case .schedule(let deadline): #expect(left.insert(deadline).inserted)
                case .drop(let deadline): #expect(left.remove(deadline) != nil)
                case .noteTrial: trials += 1
                case .refreshEntitlements: #expect(transition.state.access != state?.access)
                case .announce: break
                }
            }
            if transition.state.access != state?.access { #expect(transition.effects.contains(.refreshEntitlements)) }
            state = transition.state
        }
        #expect(left == Set(state.map(machine.grace.deadlines) ?? []))
        #expect(trials == (events.contains { $0.trialStart != nil } ? 1 : 0))
    }

    @Test(arguments: seeds)
    func `subscriptions of one payer do not touch each other, and the payer's trial is noted once for each`(
        seed: UInt64
    ) throws {
        var arbitrary = ArbitraryEvents(seed: seed)
        let names = ["sub_1", "sub_2", "sub_3"]
        let streams = try names.map { try arbitrary.events(8, reference: $0) }
        var states: [SubscriptionReference: SubscriptionState] = [:]
        for event in arbitrary.scramble(streams.flatMap { $0 }) {
            states[event.reference] = machine.apply(event, to: states[event.reference]).state
        }
        for (name, events) in zip(names, streams) {
            let state = try #require(states[SubscriptionReference(stored: name)])
            #expect(state == run(events))
            let foreign = try SubscriptionSnapshot.test(on: 99, reference: "sub_9", trial: 0..<14)
            let transition = machine.apply(foreign, to: state)
            #expect(transition.state == state && transition.effects.isEmpty && transition.verdict == .foreign)
        }
        let hadTrial = states.values.contains(where: \.hadTrial)
        #expect(hadTrial == streams.joined().contains { $0.trialStart != nil })
    }

    private func expectAllowed(_ state: SubscriptionState) {
        let snapshot = state.newest
        // Grace exactly while past due, and 14 days of it.
        #expect((state.graceUntil != nil) == (state.status == .pastDue))
        if let graceUntil = state.graceUntil { #expect(graceUntil == snapshot.unpaidSince.map { $0 + .days(14) }) }
        // Nothing is given before the first payment, nor after the last.
        let gives: Set<SubscriptionStatus> = [.trialing, .active, .pastDue]
        #expect((state.access != nil) == gives.contains(state.status))
        // What was said to end ends, whatever the status says.
        if let access = state.access, let end = snapshot.scheduledEnd { #expect(!access.holds(at: end)) }
        // Grace gives nothing beyond itself.
        if let access = state.access, let graceUntil = state.graceUntil { #expect(!access.holds(at: graceUntil)) }
        for deadline in machine.grace.deadlines(of: state) {
            #expect(state.status.isLive)
            if case .reminder = deadline.kind {
                #expect(state.graceUntil.map { deadline.at < $0 } == true)
            }
        }
    }

    private func expectAllowed(from before: SubscriptionState, to after: SubscriptionState) {
        #expect(!before.status.isTerminal || after.status.isTerminal)
        #expect(before.status.isTerminal != after.status.isTerminal || before.newest.asOf <= after.newest.asOf)
        #expect(!before.hadTrial || after.hadTrial)
    }
}
