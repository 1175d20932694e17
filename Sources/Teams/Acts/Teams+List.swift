public import Auth
public import Core
import Persistence

extension Teams {
    /// The teams that somebody is in, latest joined first.
    public func list(of principal: Principal, page: PageRequest) async throws -> Page<TeamAccess> {
        try principal.requireActive()
        let user = principal.user.id
        let seen = try await database.scoped(.user(user)).teams.list(of: user, page: page)
        return try Page(items: seen.items.map { try TeamAccess($0, of: principal) }, next: seen.next)
    }
}
