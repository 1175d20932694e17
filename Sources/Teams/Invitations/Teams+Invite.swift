public import Auth
public import Core
public import Persistence

/// What came of inviting one address.
public enum InvitationOutcome: Sendable {
    case invited(Invitation)
    /// With why not.
    case refused(EmailAddress, TeamError)
}

extension Teams {
    /// Addresses that are invited at a time.
    public static let mostInvitedAtOnce = 100

    /// Invites the holder of an address, by mail; until it is taken, or its time is over, that holds a seat.
    /// - Throws: ``TeamError/alreadyMember``, ``TeamError/alreadyInvited``, ``TeamError/upgradeRequired(limit:used:)``,
    ///   ``TeamError/throttled(retryAfter:)``, ``TeamError/unknownRole``, ``TeamError/roleTooHigh``; as
    ///   ``find(_:by:needing:origin:)``.
    public func invite(
        _ email: EmailAddress, as role: RoleID, to id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<Invitation>? = nil
    ) async throws -> Invitation {
        // Before the mail is counted: whoever may not invite must not use up what the team may send.
        _ = try await find(id, by: principal, needing: .invitationsWrite, origin: origin)
        let seats = try await entitlements.seats(of: id)
        if case .denied(let retryAfter) = try await reserveMail(of: id, to: email) {
            throw TeamError.throttled(retryAfter: retryAfter)
        }
        return try await change(id, by: principal, needing: .invitationsWrite, origin: origin, receipt: receipt) {
            change in
            let role = try await change.invitable(role)
            return try await invite(email, as: role, seats: seats, by: principal.user, in: change)
        }
    }

    /// Invites the holders of many addresses, each for itself: what stands in one's way hinders no other.
    /// - Parameter emails: At most ``mostInvitedAtOnce``.
    /// - Returns: What came of each, in their order.
    /// - Throws: ``TeamError/tooMany``, ``TeamError/unknownRole``, ``TeamError/roleTooHigh``; as
    ///   ``find(_:by:needing:origin:)``.
    public func invite(
        _ emails: [EmailAddress], as role: RoleID, to id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<[InvitationOutcome]>? = nil
    ) async throws -> [InvitationOutcome] {
        guard emails.count <= Self.mostInvitedAtOnce else { throw TeamError.tooMany }
        _ = try await find(id, by: principal, needing: .invitationsWrite, origin: origin)
        let seats = try await entitlements.seats(of: id)
        var waits: [EmailAddress: Duration] = [:]
        for email in Set(emails) {
            if case .denied(let retryAfter) = try await reserveMail(of: id, to: email) { waits[email] = retryAfter }
        }
        return try await change(id, by: principal, needing: .invitationsWrite, origin: origin, receipt: receipt) {
            [waits] change in
            let role = try await change.invitable(role)
            var outcomes: [InvitationOutcome] = []
            for email in emails {
                do {
                    if let retryAfter = waits[email] { throw TeamError.throttled(retryAfter: retryAfter) }
                    outcomes.append(
                        .invited(try await invite(email, as: role, seats: seats, by: principal.user, in: change)))
                } catch let error as TeamError {
                    outcomes.append(.refused(email, error))
                }
            }
            return outcomes
        }
    }

    /// Sends an invitation once more, with another token; the one before is good for nothing.
    /// - Throws: ``TeamError/invitationUnavailable`` for one that was taken, declined or revoked, and for a link; for one that
    ///   expired ``TeamError/alreadyMember``, ``TeamError/alreadyInvited``; ``TeamError/throttled(retryAfter:)``, ``TeamError/upgradeRequired(limit:used:)``, ``TeamError/roleTooHigh``; as
    ///   ``find(_:by:needing:origin:)``.
    public func resend(
        _ invitation: ID<Invitation>, of id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<Void>? = nil
    ) async throws {
        let seats = try await entitlements.seats(of: id)
        let found = try await invitationToSend(invitation, of: id, by: principal, origin: origin)
        if case .denied(let retryAfter) = try await reserveMail(of: id, to: found) {
            throw TeamError.throttled(retryAfter: retryAfter)
        }
        try await change(id, by: principal, needing: .invitationsWrite, origin: origin, receipt: receipt) { change in
            let before = try await change.invitation(invitation)
            guard case .address(let email) = before.recipient else { throw TeamError.invitationUnavailable }
            guard let role = try await change.store.role(before.role, in: id) else {
                throw TeamError.invitationUnavailable
            }
            try change.access.require(.invitationsWrite, managing: [role.role])
            // One that had expired held no seat any more, and another one may have taken its place.
            if before.end(at: change.now) == .expired {
                try await change.requireUninvited(email)
                try await change.requireSeat(of: seats)
            }
            let mail = try invitationMail(to: email, by: principal.user, in: change)
            let expiresAt = change.now + Lifetimes.invitation
            guard
                try await change.store.invitations.renew(
                    invitation, in: id, hash: mail.hash, at: change.now, expiresAt: expiresAt)
            else { throw TeamError.invitationUnavailable }
            try await change.store.jobs.enqueue(mail.job)
            try await change.record(change.audit.event(.invitationResent, on: "invitation", invitation))
        }
    }

    private func invite(
        _ email: EmailAddress, as role: AssignedRole, seats: Int?, by inviter: User, in change: TeamChange
    ) async throws -> Invitation {
        let (store, now, team) = (change.store, change.now, change.team.id)
        try await change.requireUninvited(email)
        try await change.requireSeat(of: seats)
        let mail = try invitationMail(to: email, by: inviter, in: change)
        let invitation = Invitation(
            id: .make(at: now, randomness: randomness), teamID: team, recipient: .address(email), role: role.id,
            invitedBy: inviter.id, createdAt: now, sentAt: now,
            expiresAt: now + Lifetimes.invitation)
        try await store.invitations.insert(invitation, hash: mail.hash)
        try await store.jobs.enqueue(mail.job)
        try await change.record(
            change.audit.event(.invitationCreated, on: "invitation", invitation.id, changes: ["role": "\(role.id)"]))
        return invitation
    }

    private func reserveMail(of team: ID<Team>, to email: EmailAddress) async throws -> ThrottleDecision {
        try await throttle.reserve(.mail, key: "invitation:\(team):\(email.key)")
    }

    /// The address of an invitation that the caller may send again.
    private func invitationToSend(
        _ invitation: ID<Invitation>, of id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws -> EmailAddress {
        _ = try await find(id, by: principal, needing: .invitationsWrite, origin: origin)
        let store = database.scoped(.team(id, principal.user.id))
        guard let found = try await store.invitations.find(invitation, in: id) else { throw TeamError.notFound }
        guard case .address(let email) = found.recipient, found.end == nil || found.end == .expired else {
            throw TeamError.invitationUnavailable
        }
        return email
    }
}

extension TeamChange {
    /// The role that people are to be invited to, which must not be above the caller's own.
    fileprivate func invitable(_ id: RoleID) async throws -> AssignedRole {
        let role = try await role(id)
        try access.require(.invitationsWrite, managing: [role.role])
        return role
    }

    /// - Throws: ``TeamError/notFound``.
    func invitation(_ id: ID<Invitation>) async throws -> Invitation {
        guard let found = try await store.invitations.find(id, in: team.id) else { throw TeamError.notFound }
        return found
    }

    /// - Throws: ``TeamError/alreadyMember``, ``TeamError/alreadyInvited``.
    fileprivate func requireUninvited(_ email: EmailAddress) async throws {
        if try await store.teamMembers.hasMember(emailKey: email.key, in: team.id) { throw TeamError.alreadyMember }
        try await store.invitations.endExpired(to: email.key, in: team.id, at: now)
        if try await store.invitations.hasOpen(to: email.key, in: team.id) { throw TeamError.alreadyInvited }
    }

    /// Whether there is a seat for one more, members and people invited counted.
    /// - Throws: ``TeamError/upgradeRequired(limit:used:)``.
    func requireSeat(of seats: Int?) async throws {
        try await store.requireSeat(of: seats, in: team.id, at: now)
    }
}

extension Store {
    /// Whether a team, which is locked, has a seat for one more, members and people invited counted.
    /// - Throws: ``TeamError/upgradeRequired(limit:used:)``.
    func requireSeat(of seats: Int?, in team: ID<Team>, at now: Timestamp) async throws {
        guard let seats else { return }
        let used = try await teamMembers.count(in: team) + invitations.openCount(in: team, at: now)
        guard used < seats else { throw TeamError.upgradeRequired(limit: seats, used: used) }
    }
}
