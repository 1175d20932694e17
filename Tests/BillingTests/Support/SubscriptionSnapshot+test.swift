import Core

extension Timestamp {
    /// 2026-11-01, so many days later.
    static func day(_ day: Int64) -> Timestamp {
        Timestamp(seconds: 1_793_491_200) + .days(day)
    }
}

extension SubscriptionSnapshot {
    /// A subscription of pro by month that was made on day 0; heard of when told.
    static func test(
        _ status: SubscriptionStatus = .active, on day: Int64 = 0, reference: String = "sub_1",
        price: String? = "pro_month_eur", seats: Int64 = 3, period: Range<Int64> = 0..<30, trial: Range<Int64>? = nil,
        cancelOn: Int64? = nil, cancelsAtPeriodEnd: Bool = false, unpaidSince: Int64? = nil, madeOn: Int64 = 0
    ) throws -> SubscriptionSnapshot {
        let end = Timestamp.day(period.upperBound)
        guard let period = BillingPeriod(start: .day(period.lowerBound), end: end) else { throw NoPeriod() }
        return try SubscriptionSnapshot(
            reference: SubscriptionReference(stored: reference), customer: CustomerReference(stored: "cus_1"),
            status: status, price: price.map(PriceID.init(stored:)), seats: seats, period: period,
            trialStart: trial.map { .day($0.lowerBound) }, trialEnd: trial.map { .day($0.upperBound) },
            cancelAt: cancelOn.map { .day($0) }, cancelsAtPeriodEnd: cancelsAtPeriodEnd,
            unpaidSince: unpaidSince.map { .day($0) }, createdAt: .day(madeOn), asOf: .day(day))
    }

    /// The same in any status, with all that the status needs.
    static func any(_ status: SubscriptionStatus, on day: Int64 = 0, reference: String = "sub_1") throws -> Self {
        try test(
            status, on: day, reference: reference, trial: status == .trialing ? 0..<14 : nil,
            unpaidSince: status == .pastDue ? 0 : nil)
    }

    private struct NoPeriod: Error {}
}
