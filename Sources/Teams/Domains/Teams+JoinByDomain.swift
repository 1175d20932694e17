public import Auth
public import Core
public import Persistence

extension Teams {
    /// The teams that the caller may join by the domain of their address, which must be proven: at most one, for a domain is
    /// one team's.
    public func joinableTeams(for principal: Principal) async throws -> [JoinableTeam] {
        try principal.requireActive()
        let user = principal.user
        guard user.emailVerifiedAt != nil else { return [] }
        let found = try await database.scoped(.system).teamDomains
            .findJoinable(String(user.email.domain), by: user.id)
        return found.map { [$0] } ?? []
    }

    /// Makes the caller a member of the team that their address' domain belongs to, as that domain says. An invitation to the
    /// address is taken by it.
    /// - Throws: ``TeamError/notFound`` for a team that is not open to the caller, as for none at all;
    ///   ``TeamError/alreadyMember``, ``TeamError/secondFactorRequired``, ``TeamError/addressNotAllowed``,
    ///   ``TeamError/upgradeRequired(limit:used:)``; `AuthError` for an API key, an administrator in somebody's name, an account on its way to deletion.
    public func join(
        _ id: ID<Team>, by principal: Principal, origin: RequestOrigin, receipt: Receipt<TeamAccess>? = nil
    ) async throws -> TeamAccess {
        try principal.requireOwnSession()
        let (user, now) = (principal.user, time.now())
        // Before its plan and its lock: nothing of a team is touched by whom it is not open to.
        guard try await joinableTeams(for: principal).contains(where: { $0.team.id == id }) else {
            let member = try await database.scoped(.user(user.id)).teamMembers.find(user.id, in: id)
            throw member == nil ? TeamError.notFound : .alreadyMember
        }
        let seats = try await entitlements.seats(of: id)
        let audit = TeamAudit(team: id, principal: principal, origin: origin, time: now, randomness: randomness)
        return try await database.transaction(.team(id, user.id), repetition: .allowed, receipt: receipt) { store in
            guard let before = try await store.teams.findLocked(id, by: user.id) else { throw TeamError.notFound }
            guard before.member == nil else { throw TeamError.alreadyMember }
            // Again, now that nobody else changes it, and as the account stands now.
            guard let present = try await store.users.find(user.id) else { throw TeamError.notFound }
            guard present.deletedAt == nil else { throw AuthError.accountPendingDeletion }
            guard present.emailVerifiedAt != nil,
                let domain = try await store.teamDomains.findVerified(String(present.email.domain), in: id),
                try await !store.barredUsers.contains(user.id, in: id),
                let role = try await store.role(domain.role, in: id)
            else { throw TeamError.notFound }
            let member = TeamMember(teamID: id, userID: user.id, role: role, joinedAt: now)
            let access = try TeamAccess(TeamSeen(team: before.team, member: member), of: principal)
            try access.requireConditions(of: principal, from: origin)
            // Its seat is the one that is taken.
            _ = try await store.invitations.endOpen(to: present.email.key, in: id, as: .accepted, at: now)
            try await store.requireSeat(of: seats, in: id, at: now)
            try await store.teamMembers.insert(member)
            try await record(
                audit.event(
                    .memberJoined, member: user.id,
                    changes: ["role": "\(domain.role)", "domain": domain.name.ascii]), in: store)
            return access
        }
    }
}
