public import Core

/// What a payer may use: the one place that decides it, of the catalogue, the payer's subscriptions, usage and the time.
public struct EntitlementPolicy: Sendable {
    public let catalogue: Catalogue

    public init(catalogue: Catalogue) {
        self.catalogue = catalogue
    }

    /// The plan in force: that of the current subscription, else the free one. A price that the catalogue does not know
    /// gives the free plan: what is paid for must stay in the catalogue (``PlanPrice/isSold``).
    public func plan(of subscriptions: some Sequence<SubscriptionState>, at now: Timestamp) -> Plan {
        let current = subscriptions.current(at: now)
        return current?.access?.price.flatMap(catalogue.offer)?.plan ?? catalogue.free
    }

    /// Whether a payer may have so much more of something.
    /// - Parameters:
    ///   - amount: How much more; nothing and less is always allowed, so that whoever is over a limit can give back.
    ///   - usage: What is taken already, held included; for a monthly limit, in the ``UsageMonth`` of `now`.
    public func decide(
        _ limit: PlanLimit, adding amount: Int64, usage: PlanUsage, subscriptions: some Sequence<SubscriptionState>,
        at now: Timestamp
    ) -> EntitlementDecision {
        plan(of: subscriptions, at: now).decide(limit, adding: amount, usage: usage)
    }

    /// Whether a payer may use a feature.
    public func has(
        _ feature: PlanFeature, subscriptions: some Sequence<SubscriptionState>, at now: Timestamp
    ) -> Bool {
        plan(of: subscriptions, at: now).features.contains(feature)
    }
}

extension Plan {
    func decide(_ limit: PlanLimit, adding amount: Int64, usage: PlanUsage) -> EntitlementDecision {
        guard amount > 0, let most = limits[limit] else { return .allowed }
        let (after, overflow) = usage.total.addingReportingOverflow(amount)
        return !overflow && after <= most ? .allowed : .upgradeRequired(limit: most, used: usage.total)
    }
}
