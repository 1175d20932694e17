public import Core

/// Which flag a path names.
public struct FlagPath: Codable, Sendable, Equatable {
    public let key: FlagKey

    public init(key: FlagKey) {
        self.key = key
    }
}

/// In which team flags are asked for.
public struct FlagQuery: Codable, Sendable, Equatable {
    /// One of the own; without it no rule about teams or plans is for the caller.
    public let team: ID<Team>?

    public init(team: ID<Team>? = nil) {
        self.team = team
    }
}

/// All that is said of a flag.
public struct SetFlagRequest: Codable, Sendable, Equatable {
    /// What it switches; empty unless given.
    public let description: FlagDescriptionText?
    /// What it is for whomever no rule is; false unless given.
    public let isOnByDefault: Bool?
    /// The first that is for the caller decides.
    public let rules: FlagRuleList?

    public init(description: FlagDescriptionText? = nil, isOnByDefault: Bool? = nil, rules: FlagRuleList? = nil) {
        self.description = description
        self.isOnByDefault = isOnByDefault
        self.rules = rules
    }

    private enum CodingKeys: String, CodingKey {
        case description
        case isOnByDefault = "default"
        case rules
    }
}

/// What a flag switches: at most 500 characters, lines allowed.
public struct FlagDescriptionText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for too much.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 0...FeatureFlag.longestDescription, characters: .lines) }
    public static var example: String { "The editor with comments, for teams that asked for it." }
}

/// A flag as administrators see it.
public struct FlagBody: Codable, Sendable, Equatable {
    public let key: FlagKey
    public let description: String
    /// What it is for whomever no rule is.
    public let isOnByDefault: Bool
    /// The first that is for somebody decides.
    public let rules: [FlagRuleBody]
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ flag: FeatureFlag) {
        key = flag.key
        description = flag.description
        isOnByDefault = flag.isOnByDefault
        rules = flag.rules.map(FlagRuleBody.init)
        createdAt = flag.createdAt
        updatedAt = flag.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case key
        case description
        case isOnByDefault = "default"
        case rules
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// Every flag by its key, as it is for the caller.
public struct FlagValuesBody: Codable, Sendable, Equatable {
    public let data: FlagValues

    public init(_ values: [FlagKey: Bool]) {
        data = FlagValues(values)
    }
}

/// An object with a member for each flag: `{"new-editor":true}`.
public struct FlagValues: SchemaProviding, Sendable, Equatable {
    private let json: JSONValue

    public init(_ values: [FlagKey: Bool]) {
        var object = JSONObject()
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { object.append(key.text, .bool(value)) }
        json = .object(object)
    }

    public init(from decoder: any Decoder) throws {
        json = try JSONValue(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }

    public static var schema: Schema {
        Schema(.any, summary: "A member for each flag: true or false.", example: ["new-editor": true])
    }
}
