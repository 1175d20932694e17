public import Core

/// Which member of which team a path names.
public struct MemberPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let user: ID<User>

    public init(team: ID<Team>, user: ID<User>) {
        self.team = team
        self.user = user
    }
}

/// A member as the others of the team see them.
public struct MemberBody: Codable, Sendable, Equatable {
    /// The person.
    public struct Person: Codable, Sendable, Equatable {
        public let id: ID<User>
        public let email: EmailAddress
        public let firstName: PersonName
        public let lastName: PersonName

        private enum CodingKeys: String, CodingKey {
            case id
            case email
            case firstName = "first_name"
            case lastName = "last_name"
        }
    }

    public let user: Person
    public let role: RoleID
    public let joinedAt: Timestamp

    public init(_ profile: TeamMemberProfile) {
        user = Person(
            id: profile.member.userID, email: profile.email, firstName: profile.firstName, lastName: profile.lastName)
        role = profile.member.role.id
        joinedAt = profile.member.joinedAt
    }

    private enum CodingKeys: String, CodingKey {
        case user
        case role
        case joinedAt = "joined_at"
    }
}

/// Another role for a member.
public struct SetRoleRequest: Codable, Sendable, Equatable {
    public let role: RoleID

    public init(role: RoleID) {
        self.role = role
    }
}

/// Who becomes the primary owner of a team.
public struct TransferOwnershipRequest: Codable, Sendable, Equatable {
    public let userID: ID<User>

    public init(userID: ID<User>) {
        self.userID = userID
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
    }
}
