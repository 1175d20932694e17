/// What the provider had about a subscription when it was asked.
public struct SubscriptionSnapshot: Sendable, Hashable {
    public let reference: SubscriptionReference
    public let customer: CustomerReference
    public let status: SubscriptionStatus
    /// The lookup key of its price; nil where the price has none, and then it is none of the catalogue.
    public let price: PriceID?
    /// How many units are charged for.
    public let seats: Int64
    public let period: BillingPeriod
    /// When its trial began; nil where it never had one. Stays after the trial.
    public let trialStart: Timestamp?
    public let trialEnd: Timestamp?
    /// When it will end, or ended, because somebody said so; nil where nobody did.
    public let cancelAt: Timestamp?
    public let cancelsAtPeriodEnd: Bool
    /// When the oldest of its invoices that is open still fell due; nil when none is.
    public let unpaidSince: Timestamp?
    public let createdAt: Timestamp
    /// No change up to then is missing: the moment before the provider was asked, or at which it made the object.
    public let asOf: Timestamp

    /// - Throws: ``SnapshotFlaw``, for what no provider can mean.
    public init(
        reference: SubscriptionReference, customer: CustomerReference, status: SubscriptionStatus, price: PriceID?,
        seats: Int64, period: BillingPeriod, trialStart: Timestamp? = nil, trialEnd: Timestamp? = nil,
        cancelAt: Timestamp? = nil, cancelsAtPeriodEnd: Bool = false, unpaidSince: Timestamp? = nil,
        createdAt: Timestamp, asOf: Timestamp
    ) throws(SnapshotFlaw) {
        guard seats >= 0 else { throw .negativeSeats }
        guard status != .trialing || (trialStart != nil && trialEnd != nil) else { throw .trialWithoutTimes }
        guard status != .pastDue || unpaidSince != nil else { throw .pastDueWithoutInvoice }
        self.reference = reference
        self.customer = customer
        self.status = status
        self.price = price
        self.seats = seats
        self.period = period
        self.trialStart = trialStart
        self.trialEnd = trialEnd
        self.cancelAt = cancelAt
        self.cancelsAtPeriodEnd = cancelsAtPeriodEnd
        self.unpaidSince = unpaidSince
        self.createdAt = createdAt
        self.asOf = asOf
    }
}

/// Why something is no state of a subscription. An event with such a one fails and is looked at, rather than changing anything.
public enum SnapshotFlaw: Error, Equatable {
    case negativeSeats
    /// On trial, and not said from when to when.
    case trialWithoutTimes
    /// Past due, and not said since when: there would be no end of the grace.
    case pastDueWithoutInvoice
}

extension SubscriptionSnapshot {
    /// When it ends because somebody said so; nil when it goes on.
    public var scheduledEnd: Timestamp? {
        let periodEnd = cancelsAtPeriodEnd ? period.end : nil
        guard let cancelAt, let periodEnd else { return cancelAt ?? periodEnd }
        return min(cancelAt, periodEnd)
    }
}
