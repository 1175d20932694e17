public import Auth
public import Core
public import Persistence

extension Teams {
    /// Invitations that are shown to a person at a time.
    private static let mostShown = 100

    /// What the receiver of an invitation may know of it, by its token. Looking takes nothing.
    /// - Throws: ``TeamError/notFound`` for no token of ours; ``TeamError/invitationUnavailable``.
    public func invitation(_ token: String) async throws -> InvitationSeen {
        let found = try await database.scoped(.system).invitations.find(hash: OneTimeTokens.hash(of: token))
        guard let found else { throw TeamError.notFound }
        guard found.invitation.end(at: time.now()) == nil else { throw TeamError.invitationUnavailable }
        return found
    }

    /// The open invitations to the caller's address, which must be proven; first expiring first.
    public func invitations(to principal: Principal) async throws -> [InvitationSeen] {
        try principal.requireActive()
        guard principal.user.emailVerifiedAt != nil else { return [] }
        return try await database.scoped(.system).invitations
            .listOpen(to: principal.user.email.key, at: time.now(), limit: Self.mostShown)
    }

    /// Makes the caller a member of the team that invited them; the claim, the seat and the membership are one act. Who is in
    /// the team already stays as they are.
    /// - Throws: ``TeamError/notFound``, ``TeamError/invitationUnavailable``, ``TeamError/emailNotVerified``,
    ///   ``TeamError/emailMismatch``, ``TeamError/upgradeRequired(limit:used:)``; `AuthError` for an API key, an
    ///   administrator in somebody's name, an account on its way to deletion.
    public func accept(
        _ token: String, by principal: Principal, origin: RequestOrigin, receipt: Receipt<TeamAccess>? = nil
    ) async throws -> TeamAccess {
        try principal.requireOwnSession()
        let hash = OneTimeTokens.hash(of: token)
        guard let seen = try await database.scoped(.system).invitations.find(hash: hash) else {
            throw TeamError.notFound
        }
        let (id, user, now) = (seen.invitation.teamID, principal.user, time.now())
        let seats = try await entitlements.seats(of: id)
        let audit = TeamAudit(team: id, principal: principal, origin: origin, time: now, randomness: randomness)
        return try await database.transaction(.team(id, user.id), repetition: .allowed, receipt: receipt) { store in
            guard let before = try await store.teams.findLocked(id, by: user.id) else { throw TeamError.notFound }
            // Again, now that nobody else changes it: by its token, which may have been replaced.
            guard let invitation = try await store.invitations.find(hash: hash)?.invitation,
                invitation.end(at: now) == nil
            else { throw TeamError.invitationUnavailable }
            // As the account stands now, which may have another address since the request began.
            guard let present = try await store.users.find(user.id) else { throw TeamError.notFound }
            guard present.deletedAt == nil else { throw AuthError.accountPendingDeletion }
            try invitation.requireMeant(for: present)
            guard let role = try await store.role(invitation.role, in: id) else {
                throw TeamError.invitationUnavailable
            }
            let accepted = audit.event(
                .invitationAccepted, on: "invitation", invitation.id, changes: ["role": "\(invitation.role)"])
            if let member = before.member {
                if case .address = invitation.recipient,
                    try await store.invitations.end(invitation.id, in: id, as: .accepted, at: now)
                {
                    try await record(accepted, in: store)
                }
                return try TeamAccess(TeamSeen(team: before.team, member: member), of: principal)
            }
            let member = TeamMember(teamID: id, userID: user.id, role: role, joinedAt: now)
            try await store.take(invitation, seats: seats, at: now)
            try await store.teamMembers.insert(member)
            // Whoever was put out is asked back by it.
            try await store.barredUsers.remove(user.id, in: id)
            try await record(accepted, in: store)
            try await record(
                audit.event(
                    .memberJoined, member: user.id,
                    changes: ["role": "\(invitation.role)", "invitation": invitation.id.description]), in: store)
            return try TeamAccess(TeamSeen(team: before.team, member: member), of: principal)
        }
    }

    /// Declines an invitation to an address, which frees its seat. Having its token is enough: who declines needs no account.
    /// - Throws: ``TeamError/notFound``, ``TeamError/invitationUnavailable`` also for a link, which others may take.
    public func decline(_ token: String, origin: RequestOrigin, receipt: Receipt<Void>? = nil) async throws {
        let (hash, now) = (OneTimeTokens.hash(of: token), time.now())
        guard let seen = try await database.scoped(.system).invitations.find(hash: hash) else {
            throw TeamError.notFound
        }
        let (id, team) = (seen.invitation.id, seen.invitation.teamID)
        // Nobody is signed in: where the person is is not the team's to know.
        let declined = AuditEvent(
            id: .make(at: now, randomness: randomness), action: TeamAction.invitationDeclined.rawValue, actorID: nil,
            teamID: team, targetType: "invitation", targetID: id.description,
            origin: RequestOrigin(requestID: origin.requestID), createdAt: now)
        try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            guard try await store.invitations.find(hash: hash)?.invitation.end(at: now) == nil,
                case .address = seen.invitation.recipient,
                try await store.invitations.end(id, in: team, as: .declined, at: now)
            else { throw TeamError.invitationUnavailable }
            try await record(declined, in: store)
        }
    }

    /// Removes the invitations that nobody needs to look at any more.
    /// - Parameter retention: How long after its time an invitation can be looked at.
    public func sweepInvitations(retention: Duration) async throws {
        _ = try await database.scoped(.system).invitations.remove(expiredBefore: time.now() - retention)
    }
}

extension Invitation {
    /// - Throws: ``TeamError/emailNotVerified``, ``TeamError/emailMismatch``.
    fileprivate func requireMeant(for user: User) throws {
        guard user.emailVerifiedAt != nil else { throw TeamError.emailNotVerified }
        switch recipient {
        case .address(let email): if email != user.email { throw TeamError.emailMismatch }
        case .link(let link): if !link.admits(user.email) { throw TeamError.emailMismatch }
        }
    }
}

extension Store {
    /// Takes the invitation, and its seat: one to an address has held it, a link needs one that nobody holds.
    fileprivate func take(_ invitation: Invitation, seats: Int?, at now: Timestamp) async throws {
        let isTaken =
            switch invitation.recipient {
            case .address:
                try await invitations.end(invitation.id, in: invitation.teamID, as: .accepted, at: now)
            case .link: try await invitations.use(invitation.id, in: invitation.teamID)
            }
        guard isTaken else { throw TeamError.invitationUnavailable }
        guard let seats else { return }
        let members = try await teamMembers.count(in: invitation.teamID)
        let held = try await invitations.openCount(in: invitation.teamID, at: now)
        let used = if case .address = invitation.recipient { members } else { members + held }
        guard used < seats else { throw TeamError.upgradeRequired(limit: seats, used: members + held) }
    }
}
