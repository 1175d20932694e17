public import Core

/// Which role of which team a path names.
public struct RolePath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let role: ID<CustomRole>

    public init(team: ID<Team>, role: ID<CustomRole>) {
        self.team = team
        self.role = role
    }
}

/// A new role, made out of permissions.
public struct CreateRoleRequest: Codable, Sendable, Equatable {
    public let name: TeamName
    public let permissions: PermissionList<RolePermissions>

    public init(name: TeamName, permissions: PermissionList<RolePermissions>) {
        self.name = name
        self.permissions = permissions
    }
}

/// What is changed about a role. What is absent or null stays as it is.
public struct UpdateRoleRequest: Codable, Sendable, Equatable {
    public let name: TeamName?
    public let permissions: PermissionList<RolePermissions>?

    public init(name: TeamName? = nil, permissions: PermissionList<RolePermissions>? = nil) {
        self.name = name
        self.permissions = permissions
    }
}

/// A role that members of a team may have.
public struct RoleBody: Codable, Sendable, Equatable {
    /// What names it in members and invitations: `admin`, or a UUID.
    public let id: RoleID
    public let name: TeamName
    public let permissions: [Permission]
    /// Whether it is there in every team, and nobody can change it.
    public let builtIn: Bool

    /// The built-in roles, each with more than the next.
    public static let builtInRoles = RoleID.builtIn.compactMap(RoleBody.init)

    public init(_ role: CustomRole) {
        self.init(id: .custom(role.id), name: role.name, permissions: role.permissions, builtIn: false)
    }

    /// Nil for one that is not built in.
    private init?(_ id: RoleID) {
        guard let role = id.builtInRole else { return nil }
        self.init(
            id: id, name: TeamName(stored: id.description), permissions: role.permissions, builtIn: true)
    }

    private init(id: RoleID, name: TeamName, permissions: Set<Permission>, builtIn: Bool) {
        self.id = id
        self.name = name
        self.permissions = permissions.sorted { $0.rawValue < $1.rawValue }
        self.builtIn = builtIn
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case permissions
        case builtIn = "built_in"
    }
}
