public import Core

/// Which domain of which team a path names.
public struct DomainPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let id: ID<TeamDomain>

    public init(team: ID<Team>, id: ID<TeamDomain>) {
        self.team = team
        self.id = id
    }
}

/// A domain that is said to be the team's own.
public struct CreateDomainRequest: Codable, Sendable, Equatable {
    public let domain: DomainName
    /// What people who join by it will be; a member unless given, never an owner.
    public let role: RoleID?

    public init(domain: DomainName, role: RoleID? = nil) {
        self.domain = domain
        self.role = role
    }
}

/// How a domain is to be proven.
public struct VerifyDomainRequest: Codable, Sendable, Equatable {
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// By the record in the DNS, which is looked up now.
        case dns
        /// By a link that is mailed to the domain's postmaster.
        case email
    }

    public let method: Method

    public init(method: Method) {
        self.method = method
    }
}

/// A domain of a team.
public struct DomainBody: Codable, Sendable, Equatable {
    /// How a domain stands.
    public enum Status: String, Codable, Sendable, CaseIterable {
        case pending
        case verified
        /// Not proven in time: to be added anew.
        case expired
    }

    /// What the DNS has to say.
    public struct Record: Codable, Sendable, Equatable {
        /// The kinds of records.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            case txt = "TXT"
        }

        public let type: Kind
        public let name: String
        public let value: String
    }

    public let id: ID<TeamDomain>
    public let domain: DomainName
    /// What people who join by it are.
    public let role: RoleID
    public let status: Status
    public let record: Record
    /// Null while unproven.
    public let verifiedBy: VerifyDomainRequest.Method?
    /// Null while unproven.
    public let verifiedAt: Timestamp?
    /// Until when it can be proven; null once it is.
    public let expiresAt: Timestamp?
    public let createdAt: Timestamp

    public init(_ domain: TeamDomain, challenge: DomainChallenge, at now: Timestamp) {
        id = domain.id
        self.domain = domain.name
        role = domain.role
        status = Status(domain.status(at: now))
        record = Record(
            type: .txt, name: challenge.recordName(of: domain.name), value: challenge.recordText(of: domain))
        verifiedBy = domain.verification.map { VerifyDomainRequest.Method($0.proof) }
        verifiedAt = domain.verification?.verifiedAt
        expiresAt = domain.verification == nil ? domain.expiresAt : nil
        createdAt = domain.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case domain
        case role
        case status
        case record
        case verifiedBy = "verified_by"
        case verifiedAt = "verified_at"
        case expiresAt = "expires_at"
        case createdAt = "created_at"
    }
}

extension DomainBody.Status {
    fileprivate init(_ status: TeamDomain.Status) {
        self =
            switch status {
            case .pending: .pending
            case .verified: .verified
            case .expired: .expired
            }
    }
}

extension VerifyDomainRequest.Method {
    fileprivate init(_ proof: TeamDomain.Proof) {
        self =
            switch proof {
            case .dns: .dns
            case .email: .email
            }
    }
}

/// A team that the caller may join by the domain of their address.
public struct JoinableTeamBody: Codable, Sendable, Equatable {
    /// What is told of a team before one is in it.
    public struct Team: Codable, Sendable, Equatable {
        public let id: ID<Core.Team>
        public let name: TeamName
        public let slug: TeamSlug
    }

    public let team: Team
    public let domain: DomainName
    /// What the caller would be.
    public let role: RoleID

    public init(_ joinable: JoinableTeam) {
        team = Team(id: joinable.team.id, name: joinable.team.name, slug: joinable.team.slug)
        domain = joinable.domain.name
        role = joinable.domain.role
    }
}
