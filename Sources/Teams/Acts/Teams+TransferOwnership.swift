public import Auth
public import Core
public import Persistence

extension Teams {
    /// Makes another member the primary owner, and the one before an admin, in one act. Only the primary owner may, and an
    /// administrator of the installation.
    /// - Throws: ``TeamError/notMember`` where the other one is not in the team; ``TeamError/forbidden``; as
    ///   ``find(_:by:needing:origin:)``; `AuthError` for a session that is not fresh.
    public func transferOwnership(
        of id: ID<Team>, to user: ID<User>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<TeamAccess>? = nil
    ) async throws -> TeamAccess {
        try principal.requireFresh(at: time.now())
        return try await change(id, by: principal, needing: .teamDelete, origin: origin, receipt: receipt) { change in
            let (before, members) = (change.team.ownerID, change.store.teamMembers)
            guard before == principal.user.id || change.access.member == nil else { throw TeamError.forbidden }
            guard try await members.find(user, in: id) != nil, try await change.store.users.find(user)?.isActive == true
            else { throw TeamError.notMember }
            guard user != before else { return change.access }
            _ = try await members.setRole(.admin, of: before, in: id, at: change.now)
            _ = try await members.setRole(.owner, of: user, in: id, at: change.now)
            var team = change.team
            (team.ownerID, team.updatedAt) = (user, change.now)
            team = try await change.store.teams.update(team)
            try await change.record(change.audit.ownershipTransferred(from: before, to: user))
            let member = try await members.find(principal.user.id, in: id)
            return try TeamAccess(TeamSeen(team: team, member: member), of: principal)
        }
    }
}
