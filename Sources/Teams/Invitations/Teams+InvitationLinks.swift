public import Auth
public import Core
public import Persistence

/// A new invitation by link, and the token that is shown this once.
public struct NewInvitationLink: Sendable {
    public let invitation: Invitation
    /// What the link carries.
    public let token: String
}

extension Teams {
    private static let linkTokenLength = 32  // bytes

    /// Makes a link by which people join, with one of the domains' addresses where there are any. It holds no seat.
    /// - Throws: ``TeamError/unknownRole``, ``TeamError/roleTooHigh``, ``TeamError/tooMany``; as
    ///   ``find(_:by:needing:origin:)``.
    public func createInvitationLink(
        to id: ID<Team>, as role: RoleID, domains: [DomainName], mostUses: Int?, by principal: Principal,
        origin: RequestOrigin, receipt: Receipt<NewInvitationLink>? = nil
    ) async throws -> NewInvitationLink {
        guard domains.count <= Invitation.Link.mostDomains,
            mostUses.map(Invitation.Link.useLimits.contains) ?? true
        else { throw TeamError.tooMany }
        return try await change(id, by: principal, needing: .invitationsWrite, origin: origin, receipt: receipt) {
            change in
            let (role, now) = (try await change.role(role), change.now)
            try change.access.require(.invitationsWrite, managing: [role.role])
            let token = Base64URL.encode(randomness.bytes(Self.linkTokenLength))
            let invitation = Invitation(
                id: .make(at: now, randomness: randomness), teamID: id,
                recipient: .link(Invitation.Link(domains: domains, mostUses: mostUses)), role: role.id,
                invitedBy: principal.user.id, createdAt: now, sentAt: now, expiresAt: now + Lifetimes.invitation)
            try await change.store.invitations.insert(invitation, hash: OneTimeTokens.hash(of: token))
            try await change.record(
                change.audit.event(
                    .invitationLinkCreated, on: "invitation", invitation.id,
                    changes: [
                        "role": "\(role.id)", "domains": domains.map(\.ascii).joined(separator: " "),
                        "max_uses": mostUses.map { "\($0)" } ?? "",
                    ]))
            return NewInvitationLink(invitation: invitation, token: token)
        }
    }

    /// The invitations of a team, latest first, ended ones too.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func invitations(
        of id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin, page: PageRequest
    ) async throws -> Page<Invitation> {
        try await read(of: id, by: principal, needing: .invitationsRead, origin: origin) { store in
            try await store.invitations.list(in: id, page: page)
        }
    }

    /// Takes an invitation back, which frees its seat. Whoever may invite may, whatever role it offers.
    /// - Throws: ``TeamError/invitationUnavailable`` for one that has ended; as ``find(_:by:needing:origin:)``.
    public func revoke(
        _ invitation: ID<Invitation>, of id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin
    ) async throws {
        try await change(id, by: principal, needing: .invitationsWrite, origin: origin) { change in
            _ = try await change.invitation(invitation)
            guard try await change.store.invitations.end(invitation, in: id, as: .revoked, at: change.now) else {
                throw TeamError.invitationUnavailable
            }
            try await change.record(change.audit.event(.invitationRevoked, on: "invitation", invitation))
        }
    }
}
