public import Core

/// Where the subscriptions of a payer are kept.
public protocol SubscriptionSource: Sendable {
    /// All that may give the payer something: those that are live. Ended ones may be among them.
    func subscriptions(of payer: Payer) async throws -> [SubscriptionState]
}

/// Answers what teams may use by the plans that they pay for.
public struct PlanEntitlements: Entitlements {
    private let policy: EntitlementPolicy
    private let source: any SubscriptionSource
    private let time: TimeSource

    public init(catalogue: Catalogue, source: any SubscriptionSource, time: TimeSource) {
        policy = EntitlementPolicy(catalogue: catalogue)
        self.source = source
        self.time = time
    }

    public func seats(of team: ID<Team>) async throws -> Int? {
        try await plan(of: .team(team)).limits.seats.map(Int.init(clamping:))
    }

    public func plan(of team: ID<Team>) async throws -> String? {
        try await plan(of: .team(team)).id.text
    }

    /// The plan in force for a payer, now.
    public func plan(of payer: Payer) async throws -> Plan {
        policy.plan(of: try await source.subscriptions(of: payer), at: time.now())
    }

    /// Whether a payer may have so much more of something, as ``EntitlementPolicy/decide(_:adding:usage:subscriptions:at:)``.
    public func decide(
        _ limit: PlanLimit, adding amount: Int64, usage: PlanUsage, payer: Payer
    ) async throws -> EntitlementDecision {
        policy.decide(
            limit, adding: amount, usage: usage, subscriptions: try await source.subscriptions(of: payer),
            at: time.now())
    }
}
