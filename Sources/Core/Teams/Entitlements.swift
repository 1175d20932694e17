/// What a team may use of what plans limit. Billing answers by the team's plan.
public protocol Entitlements: Sendable {
    /// How many seats the team has, for members and for people invited; nil for any number.
    func seats(of team: ID<Team>) async throws -> Int?
}

/// The same for every team.
public struct FixedEntitlements: Entitlements {
    private let seats: Int?

    /// As the catalogue's free plan: 3 seats.
    public static let free = FixedEntitlements(seats: 3)
    public static let unlimited = FixedEntitlements(seats: nil)

    public init(seats: Int?) {
        self.seats = seats
    }

    public func seats(of _: ID<Team>) async throws -> Int? { seats }
}
