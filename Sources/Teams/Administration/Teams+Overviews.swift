public import Auth
public import Core
public import Persistence

extension Teams {
    /// All teams that match, for administrators of the installation: latest first; by slug or name where a prefix is given.
    /// - Throws: As `Principal.requireAdministrator()`.
    public func listAll(
        matching filter: TeamFilter, by principal: Principal, page: PageRequest
    ) async throws -> Page<TeamOverview> {
        try principal.requireAdministrator()
        return try await database.scoped(.system).teams.list(matching: filter, page: page)
    }

    /// One team, for administrators of the installation.
    /// - Throws: ``TeamError/notFound``; as `Principal.requireAdministrator()`.
    public func overview(of id: ID<Team>, by principal: Principal) async throws -> TeamOverview {
        let found = try await listAll(matching: .id(id), by: principal, page: PageRequest(limit: 1))
        guard let overview = found.items.first else { throw TeamError.notFound }
        return overview
    }
}
