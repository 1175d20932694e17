/// What a team may use of what plans limit. Billing answers by the team's plan.
public protocol Entitlements: Sendable {
    /// How many seats the team has, for members and for people invited; nil for any number.
    func seats(of team: ID<Team>) async throws -> Int?

    /// What the team's plan is called, as flags name it; nil where there are no plans.
    func plan(of team: ID<Team>) async throws -> String?
}

/// The same for every team.
public struct FixedEntitlements: Entitlements {
    private let seats: Int?
    private let plan: String?

    /// As the catalogue's free plan: 3 seats.
    public static let free = FixedEntitlements(seats: 3, plan: "free")
    public static let unlimited = FixedEntitlements(seats: nil)

    public init(seats: Int?, plan: String? = nil) {
        self.seats = seats
        self.plan = plan
    }

    public func seats(of _: ID<Team>) async throws -> Int? { seats }
    public func plan(of _: ID<Team>) async throws -> String? { plan }
}
