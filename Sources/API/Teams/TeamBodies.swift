public import Core

/// Which team a path names.
public struct TeamPath: Codable, Sendable, Equatable {
    public let team: ID<Team>

    public init(team: ID<Team>) {
        self.team = team
    }
}

/// A new team.
public struct CreateTeamRequest: Codable, Sendable, Equatable {
    public let name: TeamName
    /// The name in addresses; one is made of the name unless given.
    public let slug: TeamSlug?

    public init(name: TeamName, slug: TeamSlug? = nil) {
        self.name = name
        self.slug = slug
    }
}

/// What is changed about a team. What is absent or null stays as it is.
public struct UpdateTeamRequest: Codable, Sendable, Equatable {
    public let name: TeamName?
    public let slug: TeamSlug?

    public init(name: TeamName? = nil, slug: TeamSlug? = nil) {
        self.name = name
        self.slug = slug
    }
}

/// A team as one who may see it sees it.
public struct TeamBody: Codable, Sendable, Equatable {
    public let id: ID<Team>
    public let name: TeamName
    public let slug: TeamSlug
    /// The primary owner; others may be owners too.
    public let ownerID: ID<User>
    /// The caller's; null for an administrator of the installation who is not in the team, and for an API key of the team.
    public let role: RoleID?
    /// Where the picture is, for whoever may read the team; null for none.
    public let avatarURL: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ team: Team, role: RoleID?) {
        id = team.id
        name = team.name
        slug = team.slug
        ownerID = team.ownerID
        self.role = role
        avatarURL = team.avatarURL
        createdAt = team.createdAt
        updatedAt = team.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case slug
        case ownerID = "owner_id"
        case role
        case avatarURL = "avatar_url"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// What the caller may do in a team.
public struct TeamPermissionsBody: Codable, Sendable, Equatable {
    public let role: RoleID?
    public let permissions: [Permission]

    public init(role: RoleID?, permissions: Set<Permission>) {
        self.role = role
        self.permissions = permissions.sorted { $0.rawValue < $1.rawValue }
    }
}

/// What a team asks of its members.
public struct TeamSettingsBody: Codable, Sendable, Equatable {
    /// Whether only members with two-step sign-in may use the team.
    public let requireMFA: Bool
    /// The addresses and networks from which the team may be used; empty for everywhere.
    public let addressRanges: AddressRangeList

    public init(_ settings: TeamSettings) {
        requireMFA = settings.requiresSecondFactor
        addressRanges = AddressRangeList(settings.addressRanges)
    }

    public var settings: TeamSettings {
        TeamSettings(requiresSecondFactor: requireMFA, addressRanges: addressRanges.ranges)
    }

    private enum CodingKeys: String, CodingKey {
        case requireMFA = "require_mfa"
        case addressRanges = "address_ranges"
    }
}

/// Networks, as many as a team may name.
public struct AddressRangeList: Codable, Sendable, Equatable {
    public let ranges: [AddressRange]

    public init(_ ranges: [AddressRange]) {
        self.ranges = ranges
    }

    public init(from decoder: any Decoder) throws {
        ranges = try decoder.singleValueContainer().decode([AddressRange].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ranges)
    }
}

extension AddressRangeList: SchemaProviding {
    public static var schema: Schema {
        Schema(
            .list(of: AddressRange.schema, count: 0...TeamSettings.mostAddressRanges),
            example: [.string(AddressRange.example)])
    }
}
