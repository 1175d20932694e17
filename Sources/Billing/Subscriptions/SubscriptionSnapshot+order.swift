public import Core

extension SubscriptionSnapshot {
    /// Whether this is to be kept rather than another one of the same subscription: a total order.
    ///
    /// A status that nothing follows is newer than any other, whatever the clocks of two servers say. Then the later one is.
    /// Two of the same moment that differ (the provider's times are whole seconds) are ordered by what they say, so that
    /// every server keeps the same one; which of them is right the next look at the provider tells.
    public func isNewer(than other: SubscriptionSnapshot) -> Bool {
        guard status.isTerminal == other.status.isTerminal else { return status.isTerminal }
        guard asOf == other.asOf else { return asOf > other.asOf }
        return other.content.lexicographicallyPrecedes(content)
    }

    /// All that it says but the moment, in an order of ours.
    private var content: [String] {
        let times =
            [period.start, period.end, createdAt] + [trialStart, trialEnd, cancelAt, unpaidSince].map { $0 ?? .none }
        return [
            "\(progress)", price.map { "\($0)" } ?? "", "\(seats)", "\(cancelsAtPeriodEnd)", "\(customer)",
            "\(reference)",
        ]
            + times.map { "\($0.microseconds)" }
    }

    /// How far along the way that most subscriptions take; one digit.
    private var progress: Int {
        switch status {
        case .incomplete: 0
        case .trialing: 1
        case .paused: 2
        case .pastDue: 3
        case .active: 4
        case .unpaid: 5
        case .incompleteExpired: 6
        case .canceled: 7
        }
    }
}

extension Timestamp {
    /// Stands for no time where texts are compared.
    fileprivate static let none = Timestamp(microseconds: .min)
}
