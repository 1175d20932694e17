/// The kinds of things that teams can grant permissions on, each with those that mean something there.
public struct GrantableResources: Sendable {
    /// Files are read and written, conversations are used.
    public static let standard = GrantableResources([
        .file: [.filesRead, .filesWrite],
        .conversation: [.aiUse],
    ])

    private let permissions: [ResourceType: Set<Permission>]

    /// - Parameter permissions: By kind; personal ones among them count for nothing, and a kind with a name that no
    ///   ``ResourceReference`` can have is none.
    public init(_ permissions: [ResourceType: Set<Permission>]) {
        self.permissions = permissions.filter { ResourceReference.typeLengths.contains($0.key.rawValue.utf8.count) }
            .mapValues { $0.intersection(Permission.ofTeams) }
    }

    /// By name.
    public var types: [ResourceType] {
        permissions.keys.sorted { $0.rawValue < $1.rawValue }
    }

    /// What can be granted on things of this kind; nil for a kind that is not known.
    public func permissions(on type: ResourceType) -> Set<Permission>? {
        permissions[type]
    }
}
