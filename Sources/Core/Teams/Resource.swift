/// What something is done to: all that belongs to a person or a team, or one thing of it.
public struct Resource: Sendable, Hashable {
    /// Whose things are apart from everybody else's.
    public enum Owner: Sendable, Hashable {
        case user(ID<User>)
        case team(ID<Team>)
    }

    public let owner: Owner
    /// The one thing; nil when the account or the team itself is meant, or a list of what it has.
    public let item: ResourceReference?

    /// A person's account and what hangs on it.
    public static func account(_ id: ID<User>) -> Resource {
        Resource(owner: .user(id), item: nil)
    }

    /// A team and what hangs on it.
    public static func team(_ id: ID<Team>) -> Resource {
        Resource(owner: .team(id), item: nil)
    }

    /// One thing of a person or a team, whose owner the caller has looked up: who asks must not name it.
    public static func item(_ item: ResourceReference, of owner: Owner) -> Resource {
        Resource(owner: owner, item: item)
    }
}

/// Names one thing, such as a file.
public struct ResourceReference: Sendable, Hashable {
    /// What the name of a kind may measure where it is stored, in bytes.
    public static let typeLengths = 1...40
    /// What an id may measure where it is stored, in bytes.
    public static let idLengths = 1...100

    public let type: ResourceType
    public let id: String

    public init(type: ResourceType, id: String) {
        self.type = type
        self.id = id
    }
}

/// A kind of thing that permissions can be granted on; whoever builds on this adds kinds of their own.
public struct ResourceType: RawRepresentable, Sendable, Hashable {
    public static let file = ResourceType(rawValue: "file")
    public static let conversation = ResourceType(rawValue: "conversation")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}
