import Auth
import Core
import Persistence

/// A change of a team that is under way: the team is locked, and what the caller may do there is what was committed before.
struct TeamChange: Sendable {
    let teams: Teams
    let store: any Store
    let access: TeamAccess
    let audit: TeamAudit
    let now: Timestamp

    var team: Team { access.team }

    func record(_ event: AuditEvent) async throws {
        try await teams.record(event, in: store)
    }

    /// The role with this id, of the team or built in.
    /// - Throws: ``TeamError/unknownRole``.
    func role(_ id: RoleID) async throws -> AssignedRole {
        guard let role = try await store.role(id, in: team.id) else { throw TeamError.unknownRole }
        return role
    }

    /// Sees to it that the team has an owner once `user` is none any more. Another one becomes the primary owner, the one who
    /// joined first, and that is in the log.
    /// - Throws: ``TeamError/lastOwner``.
    func replaceOwner(_ user: ID<User>) async throws {
        guard let heir = try await store.teamMembers.firstOwner(in: team.id, except: user) else {
            throw TeamError.lastOwner
        }
        guard team.ownerID == user else { return }
        var team = team
        (team.ownerID, team.updatedAt) = (heir, now)
        _ = try await store.teams.update(team)
        try await record(audit.ownershipTransferred(from: user, to: heir))
    }
}

extension Teams {
    /// Runs a change of a team by somebody who may make it. All changes of one team come one after another.
    /// - Parameter permission: What it takes; nil for what every member may do, whatever the team asks of them.
    /// - Throws: As ``find(_:by:needing:origin:)``; `AuthError` for a key that is gone by now.
    func change<Result: Sendable>(
        _ id: ID<Team>, by principal: any TeamPrincipal, needing permission: Permission?, origin: RequestOrigin,
        receipt: Receipt<Result>? = nil, _ body: @Sendable (TeamChange) async throws -> Result
    ) async throws -> Result {
        try principal.requireActive()
        // A key of another team's is not found in this one, either.
        if let key = principal.teamKey, key.teamID != id { throw TeamError.notFound }
        let (user, now) = (principal.userID, time.now())
        let audit = TeamAudit(team: id, principal: principal, origin: origin, time: now, randomness: randomness)
        return try await database.transaction(.team(id, user), repetition: .allowed, receipt: receipt) { store in
            let seen = try await store.teams.findLocked(id, by: user)
            let access = try TeamAccess(seen, of: try await store.present(principal, at: now))
            if let permission {
                try access.require(permission)
                try access.requireConditions(of: principal, from: origin)
            }
            return try await body(TeamChange(teams: self, store: store, access: access, audit: audit, now: now))
        }
    }
}

extension Store {
    /// Who asks, as it is now that the team is locked: a key may have been narrowed or taken away since the request began.
    /// - Throws: `AuthError.unauthenticated`.
    fileprivate func present(_ principal: any TeamPrincipal, at now: Timestamp) async throws -> any TeamPrincipal {
        guard let key = principal.teamKey else { return principal }
        guard let present = try await teamAPIKeys.find(key.id, in: key.teamID), !present.isExpired(at: now) else {
            throw AuthError.unauthenticated
        }
        return TeamKeyPrincipal(key: present)
    }

    /// The role with this id, of the team or built in; nil for one that is not or no longer there.
    func role(_ id: RoleID, in team: ID<Team>) async throws -> AssignedRole? {
        if let role = id.builtInRole { return AssignedRole(id: id, role: role) }
        guard let custom = id.customID else { return nil }
        return try await teamRoles.find(custom, in: team).map { AssignedRole($0) }
    }
}
