public import Core

/// What an API key may do: at least one permission.
public struct ScopeList: Codable, Sendable, Equatable {
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

extension ScopeList: SchemaProviding {
    public static var schema: Schema {
        let choices = Permission.allCases.map(\.rawValue)
        let permission = Schema(.choice(choices), example: .string(Permission.usersRead.rawValue))
        return Schema(
            .list(of: permission, count: 1...choices.count), example: [.string(Permission.usersRead.rawValue)])
    }
}
