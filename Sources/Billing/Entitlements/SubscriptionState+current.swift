public import Core

extension Sequence where Element == SubscriptionState {
    /// The one of a payer's subscriptions that counts: of those that give something the one made last; nil when none does.
    public func current(at now: Timestamp) -> SubscriptionState? {
        filter { $0.access?.holds(at: now) == true }.max { $0.isBefore($1) }
    }

    /// The subscriptions that may be charged for beside the one that counts: two pages of checkout were both finished. For
    /// an operator to see and to refund.
    public func surplus(at now: Timestamp) -> [SubscriptionState] {
        let live = filter(\.status.isLive)
        let kept = current(at: now) ?? live.max { $0.isBefore($1) }
        return live.filter { $0.newest.reference != kept?.newest.reference }
    }
}

extension SubscriptionState {
    /// By when they were made, and where that is the same by name, so that there is always one answer.
    fileprivate func isBefore(_ other: SubscriptionState) -> Bool {
        guard newest.createdAt == other.newest.createdAt else { return newest.createdAt < other.newest.createdAt }
        return newest.reference.text < other.newest.reference.text
    }
}
