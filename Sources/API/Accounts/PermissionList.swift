public import Core

/// At least one permission of those that can be chosen from.
public struct PermissionList<Choice: PermissionChoice>: Codable, Sendable, Equatable {
    public let permissions: [Permission]

    public init(_ permissions: [Permission]) {
        self.permissions = permissions
    }

    public init(from decoder: any Decoder) throws {
        permissions = try decoder.singleValueContainer().decode([Permission].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(permissions)
    }
}

/// Which permissions can be chosen from.
public protocol PermissionChoice: Sendable {
    static var permissions: [Permission] { get }
}

/// What a person's API key may do.
public enum KeyPermissions: PermissionChoice {
    public static var permissions: [Permission] { Permission.allCases }
}

/// What a role of a team allows.
public enum RolePermissions: PermissionChoice {
    public static var permissions: [Permission] { Permission.allCases.filter { !$0.isPersonal } }
}

public typealias ScopeList = PermissionList<KeyPermissions>

extension PermissionList: SchemaProviding {
    public static var schema: Schema {
        let choices = Choice.permissions.map(\.rawValue)
        let permission = Schema(.choice(choices), example: .string(choices.last ?? ""))
        return Schema(.list(of: permission, count: 1...choices.count), example: [.string(choices.last ?? "")])
    }
}
