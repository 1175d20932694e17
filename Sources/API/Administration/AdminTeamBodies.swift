public import Core

/// Which teams are listed.
public struct AdminTeamListQuery: Codable, Sendable, Equatable {
    /// The whole id, or what the name or the slug begins with; the case of ASCII letters does not matter.
    public let q: TeamSearchText?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(q: TeamSearchText? = nil, limit: PageLimit? = nil, cursor: Cursor? = nil) {
        self.q = q
        self.limit = limit
        self.cursor = cursor
    }

    /// As repositories want it.
    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }
}

/// What a team is looked for by: 1 to 100 characters.
public struct TeamSearchText: ConstrainedText, Equatable {
    public let text: String
    /// As repositories want it.
    public let prefix: TeamPrefix

    /// Nil for what no team's name begins with.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil, let prefix = TeamPrefix(text) else { return nil }
        self.text = text
        self.prefix = prefix
    }

    /// The team it names, where it is an id.
    public var id: ID<Team>? { ID(text) }

    public static var rules: TextRules { TextRules(length: TeamName.lengths, isTrimmed: true) }
    public static var example: String { "Analytical" }
}

/// A team as an administrator sees it.
public struct AdminTeamBody: Codable, Sendable, Equatable {
    /// The primary owner; others may be owners too.
    public struct Owner: Codable, Sendable, Equatable {
        public let id: ID<User>
        public let email: EmailAddress
        public let firstName: PersonName
        public let lastName: PersonName

        public init(_ user: User) {
            id = user.id
            email = user.email
            firstName = user.firstName
            lastName = user.lastName
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case email
            case firstName = "first_name"
            case lastName = "last_name"
        }
    }

    public let id: ID<Team>
    public let name: TeamName
    public let slug: TeamSlug
    public let owner: Owner
    /// The owner among them.
    public let memberCount: Int
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ overview: TeamOverview) {
        id = overview.team.id
        name = overview.team.name
        slug = overview.team.slug
        owner = Owner(overview.owner)
        memberCount = overview.memberCount
        createdAt = overview.team.createdAt
        updatedAt = overview.team.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case slug
        case owner
        case memberCount = "member_count"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
