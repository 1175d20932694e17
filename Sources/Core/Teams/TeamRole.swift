/// What a member may do in a team: a built-in role, or one that the team made out of permissions.
public enum TeamRole: Sendable, Hashable {
    case owner
    case admin
    case member
    case viewer
    /// Made of these; personal permissions among them count for nothing.
    case custom(Set<Permission>)

    /// The built-in roles, each with more than the next.
    public static let builtIn: [TeamRole] = [.owner, .admin, .member, .viewer]

    /// What it allows in the whole team.
    public var permissions: Set<Permission> {
        switch self {
        case .owner: Permission.ofTeams
        case .admin: Self.adminPermissions
        case .member: Self.memberPermissions
        case .viewer: Self.viewerPermissions
        case .custom(let permissions): permissions.intersection(Permission.ofTeams)
        }
    }

    /// Whether `other` is not above this role: who has this one may give, edit and take away that one, as far as they
    /// may do so at all. Roles can be such that neither may manage the other.
    public func mayManage(_ other: TeamRole) -> Bool {
        // A custom role of every permission is still no owner.
        (other != .owner || self == .owner) && other.permissions.isSubset(of: permissions)
    }

    private static let viewerPermissions: Set<Permission> = [.teamRead, .membersRead, .filesRead]
    private static let memberPermissions = viewerPermissions.union([.filesWrite, .aiUse, .billingRead])
    private static let adminPermissions = Permission.ofTeams.subtracting([.teamDelete])
}

extension TeamRole {
    /// A built-in role by its name: `admin`.
    public init?(builtInName name: String) {
        guard let role = Self.builtIn.first(where: { $0.builtInName == name }) else { return nil }
        self = role
    }

    /// The name of a built-in role, nil for a custom one, whose name is the team's to choose.
    public var builtInName: String? {
        switch self {
        case .owner: "owner"
        case .admin: "admin"
        case .member: "member"
        case .viewer: "viewer"
        case .custom: nil
        }
    }
}
