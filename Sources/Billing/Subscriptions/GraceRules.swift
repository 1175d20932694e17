public import Core

/// How long a payer whose payment failed keeps what the plan allows, and when mails remind of it.
public struct GraceRules: Sendable, Equatable {
    /// From when the invoice fell due.
    public let length: Duration
    /// Days after that, each within ``length``, ascending.
    public let reminderDays: [Int64]

    /// 14 days, with mails on days 1, 5, 10 and 13.
    public static let standard = GraceRules(checkedDays: 14, reminderDays: [1, 5, 10, 13])

    /// Longest grace, in days.
    public static let mostDays: Int64 = 90

    /// Nil for a grace that is no number of days up to ``mostDays``, or reminders that do not lie within it.
    public init?(days: Int64, reminderDays: [Int64]) {
        guard (0...Self.mostDays).contains(days), reminderDays.allSatisfy({ $0 >= 0 && $0 < days }) else { return nil }
        self.init(checkedDays: days, reminderDays: Array(Set(reminderDays)).sorted())
    }

    private init(checkedDays days: Int64, reminderDays: [Int64]) {
        length = .days(days)
        self.reminderDays = reminderDays
    }
}

/// Something that is to happen at a time unless the subscription changes before.
public struct SubscriptionDeadline: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// A mail that a payment failed, so many days ago.
        case reminder(day: Int64)
        /// What the plan allows ends, though the provider still tries to collect.
        case graceEnds
        /// The subscription ends as somebody said. The provider is asked whether it did.
        case ends
    }

    public let kind: Kind
    public let at: Timestamp

    public init(_ kind: Kind, at time: Timestamp) {
        self.kind = kind
        self.at = time
    }
}

extension GraceRules {
    /// What is to happen while a subscription stands as it does, by time.
    public func deadlines(of state: SubscriptionState) -> [SubscriptionDeadline] {
        var deadlines: [SubscriptionDeadline] = []
        if state.status == .pastDue, let since = state.newest.unpaidSince, let graceUntil = state.graceUntil {
            deadlines = reminderDays.map { SubscriptionDeadline(.reminder(day: $0), at: since + .days($0)) }
            deadlines.append(SubscriptionDeadline(.graceEnds, at: graceUntil))
        }
        if state.status.isLive, let end = state.newest.scheduledEnd {
            deadlines.append(SubscriptionDeadline(.ends, at: end))
        }
        return deadlines
    }

    /// Whether a reminder whose time has come is still to be mailed: not after the payment was made, not a second time, and
    /// where several were held up only the last of them.
    public func isWanted(_ reminder: SubscriptionDeadline, of state: SubscriptionState, at now: Timestamp) -> Bool {
        let due = deadlines(of: state).filter { deadline in
            if case .reminder = deadline.kind { deadline.at <= now } else { false }
        }
        return due.last == reminder && state.graceUntil.map { now < $0 } == true
    }
}
