/// A domain of e-mail addresses that a team says is its own. Once that is proven, whoever has an address there may join.
public struct TeamDomain: Sendable, Equatable, Identifiable {
    /// Domains that a team may name, proven or not.
    public static let mostOfTeam = 20

    /// How it was proven.
    public enum Proof: String, Sendable, CaseIterable {
        /// By a record in the DNS.
        case dns
        /// By a link mailed to its postmaster.
        case email
    }

    /// When and how it was proven.
    public struct Verification: Sendable, Equatable {
        public let proof: Proof
        public let verifiedAt: Timestamp

        public init(proof: Proof, verifiedAt: Timestamp) {
            self.proof = proof
            self.verifiedAt = verifiedAt
        }
    }

    /// How it stands.
    public enum Status: String, Sendable, CaseIterable {
        /// Not proven yet.
        case pending
        case verified
        /// Not proven in time: it is good for nothing but to be removed.
        case expired
    }

    public let id: ID<TeamDomain>
    public let teamID: ID<Team>
    public let name: DomainName
    /// What people who join are.
    public let role: RoleID
    /// What the record in the DNS must say; no secret, for everybody can read it there.
    public let challenge: String
    /// Nil once that account is gone.
    public let addedBy: ID<User>?
    public let createdAt: Timestamp
    /// Until when it can be proven.
    public let expiresAt: Timestamp
    /// Nil while unproven.
    public let verification: Verification?

    public init(
        id: ID<TeamDomain>, teamID: ID<Team>, name: DomainName, role: RoleID, challenge: String, addedBy: ID<User>?,
        createdAt: Timestamp, expiresAt: Timestamp, verification: Verification? = nil
    ) {
        self.id = id
        self.teamID = teamID
        self.name = name
        self.role = role
        self.challenge = challenge
        self.addedBy = addedBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.verification = verification
    }

    public func status(at now: Timestamp) -> Status {
        if verification != nil { return .verified }
        return expiresAt <= now ? .expired : .pending
    }
}

/// A team that somebody may join by the domain of their address.
public struct JoinableTeam: Sendable, Equatable {
    public let team: Team
    public let domain: TeamDomain

    public init(team: Team, domain: TeamDomain) {
        self.team = team
        self.domain = domain
    }
}
