/// Names a role of a team: a built-in one by its name, one that the team made by its id.
public enum RoleID: Sendable, Hashable {
    case owner
    case admin
    case member
    case viewer
    case custom(ID<CustomRole>)

    /// The built-in roles, each with more than the next.
    public static let builtIn: [RoleID] = [.owner, .admin, .member, .viewer]

    /// What a built-in role may do; nil for a custom one, whose permissions the team knows.
    public var builtInRole: TeamRole? {
        switch self {
        case .owner: .owner
        case .admin: .admin
        case .member: .member
        case .viewer: .viewer
        case .custom: nil
        }
    }

    /// The id of a custom role, nil for a built-in one.
    public var customID: ID<CustomRole>? {
        if case .custom(let id) = self { id } else { nil }
    }
}

extension RoleID: LosslessStringConvertible {
    /// `admin`, or the id of a custom role.
    public var description: String {
        customID?.description ?? builtInRole?.builtInName ?? ""
    }

    public init?(_ description: String) {
        if let builtIn = Self.builtIn.first(where: { $0.description == description }) {
            self = builtIn
        } else if let id = ID<CustomRole>(description) {
            self = .custom(id)
        } else {
            return nil
        }
    }
}

/// A role as somebody has it: its name, and what it allows.
public struct AssignedRole: Sendable, Hashable {
    public let id: RoleID
    public let role: TeamRole

    public static let owner = AssignedRole(id: .owner, role: .owner)

    public init(id: RoleID, role: TeamRole) {
        self.id = id
        self.role = role
    }

    public init(_ custom: CustomRole) {
        self.init(id: .custom(custom.id), role: .custom(custom.permissions))
    }
}
