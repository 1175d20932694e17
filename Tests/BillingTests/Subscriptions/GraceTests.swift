import Billing
import Core
import Testing

/// What happens when a payment fails.
struct GraceTests {
    private let machine = SubscriptionMachine()

    private func pastDue(since day: Int64, on now: Int64? = nil, cancelOn: Int64? = nil) throws -> SubscriptionState {
        let snapshot = try SubscriptionSnapshot.test(
            .pastDue, on: now ?? day, period: 30..<60, cancelOn: cancelOn, unpaidSince: day)
        return machine.apply(snapshot, to: nil).state
    }

    @Test func `mails go on days 1, 5, 10 and 13, and grace ends on day 14`() throws {
        let state = try pastDue(since: 30)
        #expect(
            machine.grace.deadlines(of: state) == [
                SubscriptionDeadline(.reminder(day: 1), at: .day(31)),
                SubscriptionDeadline(.reminder(day: 5), at: .day(35)),
                SubscriptionDeadline(.reminder(day: 10), at: .day(40)),
                SubscriptionDeadline(.reminder(day: 13), at: .day(43)), SubscriptionDeadline(.graceEnds, at: .day(44)),
            ])
        #expect(state.graceUntil == .day(44))
    }

    @Test func `what the plan allows goes on to the last moment of grace`() throws {
        let access = try #require(try pastDue(since: 30).access)
        #expect(access.holds(at: .day(44) - .microseconds(1)))
        #expect(!access.holds(at: .day(44)))
    }

    @Test func `an end that was asked for comes before the end of grace`() throws {
        #expect(try pastDue(since: 30, cancelOn: 36).access?.endsAt == .day(36))
        #expect(try pastDue(since: 30, cancelOn: 50).access?.endsAt == .day(44))
    }

    @Test func `hearing of it again later makes grace no longer`() throws {
        let late = try SubscriptionSnapshot.test(.pastDue, on: 40, period: 30..<60, unpaidSince: 30)
        let transition = machine.apply(late, to: try pastDue(since: 30))
        #expect(transition.state.graceUntil == .day(44) && transition.effects.isEmpty)
    }

    @Test func `a payment drops the mails that are left`() throws {
        let state = try pastDue(since: 30)
        let paid = try SubscriptionSnapshot.test(.active, on: 36, period: 30..<60)
        let transition = machine.apply(paid, to: state)
        #expect(transition.state.graceUntil == nil)
        #expect(
            transition.effects == machine.grace.deadlines(of: state).map { .drop($0) }
                + [.refreshEntitlements, .announce(.recovered)])
    }

    @Test func `of mails that were held up only the last goes, and none after grace or payment`() throws {
        let state = try pastDue(since: 30)
        let paid = machine.apply(try .test(.active, on: 36, period: 30..<60), to: state).state
        func wanted(_ state: SubscriptionState, _ now: Timestamp) -> [Int64] {
            [1, 5, 10, 13].filter { day in
                machine.grace.isWanted(
                    SubscriptionDeadline(.reminder(day: day), at: .day(30 + day)), of: state, at: now)
            }
        }
        #expect(wanted(state, .day(31) - .seconds(1)) == [])
        #expect(wanted(state, .day(31)) == [1])
        #expect(wanted(state, .day(36)) == [5])
        #expect(wanted(state, .day(43)) == [13])
        #expect(wanted(state, .day(44)) == [])
        #expect(wanted(paid, .day(36)) == [])
        // One of an earlier failure.
        let stale = SubscriptionDeadline(.reminder(day: 5), at: .day(20))
        #expect(!machine.grace.isWanted(stale, of: state, at: .day(36)))
    }

    @Test(
        arguments: [
            (-1, []), (91, []), (14, [14]), (14, [-1]), (0, [0]), (3, [1, 3]),
        ] as [(Int64, [Int64])])
    func `rules that contradict themselves are none`(days: Int64, reminders: [Int64]) {
        #expect(GraceRules(days: days, reminderDays: reminders) == nil)
    }

    @Test func `rules are one's own`() throws {
        let rules = try #require(GraceRules(days: 3, reminderDays: [2, 0, 2]))
        #expect(rules.reminderDays == [0, 2] && rules.length == .days(3))
        #expect(GraceRules(days: 14, reminderDays: [13, 1, 10, 5]) == .standard)
        #expect(GraceRules(days: 0, reminderDays: [])?.length == .zero)
    }
}
