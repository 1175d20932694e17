public import Core

/// The roles that teams made.
public protocol TeamRoleRepository: Sendable {
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/teamRoleName``.
    func insert(_ role: CustomRole) async throws

    func find(_ id: ID<CustomRole>, in team: ID<Team>) async throws -> CustomRole?

    /// All of a team, first made first.
    func list(in team: ID<Team>) async throws -> [CustomRole]

    /// Writes name and permissions where the stored ``CustomRole/version`` is the one given, and counts it up.
    /// - Returns: The role as stored now.
    /// - Throws: ``DatabaseError/versionConflict``, ``DatabaseError/notFound``, ``DatabaseError/duplicate(_:)``.
    func update(_ role: CustomRole) async throws -> CustomRole

    /// Removes a role that nobody has.
    /// - Returns: Whether it was there.
    func remove(_ id: ID<CustomRole>, in team: ID<Team>) async throws -> Bool
}
