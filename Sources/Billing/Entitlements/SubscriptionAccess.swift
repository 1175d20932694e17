public import Core

/// What a subscription gives its payer, and until when: all that entitlements ask of it.
public struct SubscriptionAccess: Sendable, Hashable {
    public let price: PriceID?
    public let seats: Int64
    /// The first moment without; nil for one that goes on.
    public let endsAt: Timestamp?

    public func holds(at now: Timestamp) -> Bool {
        endsAt.map { now < $0 } ?? true
    }
}

extension SubscriptionState {
    /// Nil where it gives nothing: not yet, not any more, or not until it is paid for.
    ///
    /// A period that has ended ends nothing by itself: that it was renewed may be heard later than it happens.
    public var access: SubscriptionAccess? {
        switch status {
        case .trialing, .active: access(until: newest.scheduledEnd)
        case .pastDue:
            graceUntil.flatMap { grace in access(until: newest.scheduledEnd.map { min($0, grace) } ?? grace) }
        case .incomplete, .incompleteExpired, .canceled, .unpaid, .paused: nil
        }
    }

    private func access(until end: Timestamp?) -> SubscriptionAccess {
        SubscriptionAccess(price: newest.price, seats: newest.seats, endsAt: end)
    }
}
