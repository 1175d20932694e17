public import Auth
public import Core
import Persistence

extension Teams {
    /// The teams that somebody is in, latest joined first. A key of a team is in that one.
    /// - Throws: ``TeamError/forbidden`` for a key that may not know of its team's names.
    public func list(of principal: any TeamPrincipal, page: PageRequest) async throws -> Page<TeamAccess> {
        try principal.requireActive()
        guard let user = principal.userID else { return try await own(of: principal) }
        let seen = try await database.scoped(.user(user)).teams.list(of: user, page: page)
        return try Page(items: seen.items.map { try TeamAccess($0, of: principal) }, next: seen.next)
    }

    private func own(of principal: any TeamPrincipal) async throws -> Page<TeamAccess> {
        guard let team = principal.teamKey?.teamID else { return Page(items: [], next: nil) }
        let access = try TeamAccess(
            try await database.scoped(.team(team, nil)).teams.find(team, by: nil), of: principal)
        try access.require(.teamRead)
        return Page(items: [access], next: nil)
    }
}
