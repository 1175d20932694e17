public import Core

/// Which invitation of which team a path names.
public struct InvitationPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let id: ID<Invitation>

    public init(team: ID<Team>, id: ID<Invitation>) {
        self.team = team
        self.id = id
    }
}

/// The token of an invitation, as a path carries it.
public struct InvitationTokenPath: Codable, Sendable {
    public let token: TokenText

    public init(token: TokenText) {
        self.token = token
    }
}

/// An invitation as the team sees it.
public struct InvitationBody: Codable, Sendable, Equatable {
    /// How an invitation stands.
    public enum Status: String, Codable, Sendable, CaseIterable {
        case pending
        case accepted
        case declined
        case revoked
        case expired
    }

    /// What a link is good for.
    public struct Link: Codable, Sendable, Equatable {
        /// Whose addresses may take it; empty for all.
        public let allowedDomains: [String]
        /// Null for any number of times.
        public let maxUses: Int?
        public let uses: Int

        private enum CodingKeys: String, CodingKey {
            case allowedDomains = "allowed_domains"
            case maxUses = "max_uses"
            case uses
        }
    }

    public let id: ID<Invitation>
    /// Null for a link.
    public let email: EmailAddress?
    public let role: RoleID
    public let status: Status
    /// Null once that account is gone.
    public let invitedBy: ID<User>?
    public let expiresAt: Timestamp
    public let createdAt: Timestamp
    /// Null for one to an address.
    public let link: Link?

    public init(_ invitation: Invitation, at now: Timestamp) {
        id = invitation.id
        role = invitation.role
        status = Status(invitation.end(at: now))
        invitedBy = invitation.invitedBy
        expiresAt = invitation.expiresAt
        createdAt = invitation.createdAt
        switch invitation.recipient {
        case .address(let address): (email, link) = (address, nil)
        case .link(let what):
            email = nil
            link = Link(allowedDomains: what.domains.map(\.ascii), maxUses: what.mostUses, uses: what.uses)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case email
        case role
        case status
        case invitedBy = "invited_by"
        case expiresAt = "expires_at"
        case createdAt = "created_at"
        case link
    }
}

extension InvitationBody.Status {
    fileprivate init(_ end: Invitation.End?) {
        self =
            switch end {
            case nil: .pending
            case .accepted: .accepted
            case .declined: .declined
            case .revoked: .revoked
            case .expired: .expired
            }
    }
}

/// A link just made, with the address that is shown this once.
public struct NewInvitationLinkBody: Codable, Sendable, Equatable {
    /// What to send to people.
    public let url: String
    public let invitation: InvitationBody

    public init(_ invitation: InvitationBody, url: String) {
        self.url = url
        self.invitation = invitation
    }
}

/// What came of each of many addresses, in their order.
public struct InvitationReportBody: Codable, Sendable, Equatable {
    /// What came of one.
    public struct Result: Codable, Sendable, Equatable {
        public let email: EmailAddress
        /// Null where the address was not invited.
        public let invitation: InvitationBody?
        /// Why not, as a problem's code; null where it was.
        public let code: ProblemCode?

        public init(email: EmailAddress, invitation: InvitationBody?, code: ProblemCode?) {
            self.email = email
            self.invitation = invitation
            self.code = code
        }
    }

    public let results: [Result]

    public init(_ results: [Result]) {
        self.results = results
    }
}

/// An invitation as whoever has its token may know it.
public struct PublicInvitationBody: Codable, Sendable, Equatable {
    /// The team.
    public struct TeamName: Codable, Sendable, Equatable {
        public let name: Core.TeamName
    }

    /// Who sent it.
    public struct Inviter: Codable, Sendable, Equatable {
        public let firstName: PersonName

        private enum CodingKeys: String, CodingKey {
            case firstName = "first_name"
        }
    }

    public let team: TeamName
    /// Null once that account is gone.
    public let inviter: Inviter?
    public let role: RoleID
    /// Null for a link.
    public let emailMasked: String?
    public let expiresAt: Timestamp

    public init(_ seen: InvitationSeen) {
        team = TeamName(name: seen.teamName)
        inviter = seen.inviter.map(Inviter.init)
        role = seen.invitation.role
        emailMasked = if case .address(let email) = seen.invitation.recipient { email.masked } else { nil }
        expiresAt = seen.invitation.expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case team
        case inviter
        case role
        case emailMasked = "email_masked"
        case expiresAt = "expires_at"
    }
}

/// What somebody is now that the invitation is taken.
public struct AcceptedInvitationBody: Codable, Sendable, Equatable {
    public let team: TeamBody
    public let role: RoleID?

    public init(team: TeamBody) {
        self.team = team
        role = team.role
    }
}
