public import Auth
public import Core
import Persistence

extension Teams {
    /// The team, for whoever may do this to one thing of it, by role or by what was granted on the thing: one round trip.
    ///
    /// Whose the thing is, the caller has looked up: who asks must not name it. A thing of another team is as little to be
    /// told of as the team.
    /// - Throws: ``TeamError/notFound`` for whoever is not in the team; ``TeamError/forbidden``,
    ///   ``TeamError/secondFactorRequired``, ``TeamError/addressNotAllowed``; `AuthError` for an account on its way to deletion.
    public func find(
        _ id: ID<Team>, by principal: Principal, needing permission: Permission, on item: ResourceReference,
        origin: RequestOrigin
    ) async throws -> TeamAccess {
        try principal.requireActive()
        let user = principal.user.id
        let seen = try await database.scoped(.team(id, user)).teams.find(id, by: user, on: item)
        let access = try TeamAccess(seen, of: principal)
        try access.require(permission, on: item)
        try access.requireConditions(of: principal, from: origin)
        return access
    }
}

extension TeamAccess {
    /// - Throws: ``TeamError/forbidden``.
    fileprivate func require(_ permission: Permission, on item: ResourceReference) throws {
        try Self.check(Policy.decide(permission, on: .item(item, of: .team(team.id)), by: subject))
    }
}
