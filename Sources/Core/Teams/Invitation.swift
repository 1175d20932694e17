/// An offer to join a team.
public struct Invitation: Sendable, Equatable, Identifiable {
    /// Who may take it.
    public enum Recipient: Sendable, Equatable {
        /// The holder of an address, once. Until then it holds a seat.
        case address(EmailAddress)
        /// Whoever has the link.
        case link(Link)
    }

    /// What a link is good for.
    public struct Link: Sendable, Equatable {
        /// Domains that a link may name.
        public static let mostDomains = 20
        /// What ``mostUses`` may be.
        public static let useLimits = 1...1000

        /// Whose addresses may take it; empty for all.
        public let domains: [DomainName]
        /// How often it may be taken; nil for any number of times.
        public let mostUses: Int?
        public var uses: Int

        public init(domains: [DomainName] = [], mostUses: Int? = nil, uses: Int = 0) {
            self.domains = domains
            self.mostUses = mostUses
            self.uses = uses
        }

        /// Whether somebody with this address may take it.
        public func admits(_ address: EmailAddress) -> Bool {
            domains.isEmpty || domains.contains { $0.ascii == address.domain }
        }
    }

    /// How it ended.
    public enum End: String, Sendable, CaseIterable {
        case accepted
        case declined
        case revoked
        case expired
    }

    public let id: ID<Invitation>
    public let teamID: ID<Team>
    public let recipient: Recipient
    /// What the person will be.
    public let role: RoleID
    /// Nil once that account is gone.
    public let invitedBy: ID<User>?
    public let createdAt: Timestamp
    /// When its token was made last.
    public let sentAt: Timestamp
    public let expiresAt: Timestamp
    /// Nil while it can be taken, as far as ``expiresAt`` lets it.
    public let end: End?

    public init(
        id: ID<Invitation>, teamID: ID<Team>, recipient: Recipient, role: RoleID, invitedBy: ID<User>?,
        createdAt: Timestamp, sentAt: Timestamp, expiresAt: Timestamp, end: End? = nil
    ) {
        self.id = id
        self.teamID = teamID
        self.recipient = recipient
        self.role = role
        self.invitedBy = invitedBy
        self.createdAt = createdAt
        self.sentAt = sentAt
        self.expiresAt = expiresAt
        self.end = end
    }

    /// How it stands: ended, expired, a link used up, or still to be taken (nil).
    public func end(at now: Timestamp) -> End? {
        if let end { return end }
        if expiresAt <= now { return .expired }
        if case .link(let link) = recipient, let most = link.mostUses, link.uses >= most { return .accepted }
        return nil
    }
}

/// An invitation, and what its receiver may know of the team that made it.
public struct InvitationSeen: Sendable, Equatable {
    public let invitation: Invitation
    public let teamName: TeamName
    /// The first name of who sent it; nil once that account is gone.
    public let inviter: PersonName?

    public init(invitation: Invitation, teamName: TeamName, inviter: PersonName?) {
        self.invitation = invitation
        self.teamName = teamName
        self.inviter = inviter
    }
}
