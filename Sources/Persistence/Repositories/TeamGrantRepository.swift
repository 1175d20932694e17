public import Core

/// Which grants of a team are listed. What is nil admits all.
public struct TeamGrantFilter: Sendable, Equatable {
    public let type: ResourceType?
    public let item: String?

    public init(type: ResourceType? = nil, item: String? = nil) {
        self.type = type
        self.item = item
    }
}

/// How many grants there are.
public struct TeamGrantCounts: Sendable, Equatable {
    public let inTeam: Int
    /// On the one thing.
    public let onItem: Int

    public init(inTeam: Int, onItem: Int) {
        self.inTeam = inTeam
        self.onItem = onItem
    }
}

/// The permissions on single things that teams granted. Who changes them has locked the team,
/// ``TeamRepository/findLocked(_:by:)``; what somebody has on a thing is read with
/// ``TeamRepository/find(_:by:on:)``.
///
/// In the scope of a team only its grants are there, in that of a person none. They go with the team, with the membership
/// and with the role that they were given to.
public protocol TeamGrantRepository: Sendable {
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/resourceGrant``; ``DatabaseError/unexpected(code:)`` with
    ///   code 23503 for somebody who is not in the team, or a role that it has not.
    func insert(_ grant: TeamGrant) async throws

    func find(_ id: ID<TeamGrant>, in team: ID<Team>) async throws -> TeamGrant?

    /// Latest first.
    func list(in team: ID<Team>, matching filter: TeamGrantFilter, page: PageRequest) async throws -> Page<TeamGrant>

    /// How many there are, in one round trip.
    func counts(in team: ID<Team>, on item: ResourceReference) async throws -> TeamGrantCounts

    /// - Returns: Whether it was there.
    func remove(_ id: ID<TeamGrant>, in team: ID<Team>) async throws -> Bool

    /// Removes all on one thing: whoever removes the thing calls it in the same unit of work.
    /// - Returns: How many there were.
    @discardableResult
    func removeAll(on item: ResourceReference, in team: ID<Team>) async throws -> Int
}
