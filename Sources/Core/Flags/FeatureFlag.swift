/// Something in the program that can be switched while it runs, for everybody or for some.
public struct FeatureFlag: Sendable, Equatable {
    /// Flags that an installation may have, rules that a flag may have, and characters that a description may have.
    public static let most = 500
    public static let mostRules = 20
    public static let longestDescription = 500

    public let key: FlagKey
    public var description: String
    /// For whomever no rule is.
    public var isOnByDefault: Bool
    /// The first that is for a subject decides.
    public var rules: [FlagRule]
    public let createdAt: Timestamp
    public var updatedAt: Timestamp
    /// The ``FlagSet/revision`` of its last change; 0 before it is stored.
    public let version: Int64

    public init(
        key: FlagKey, description: String = "", isOnByDefault: Bool = false, rules: [FlagRule] = [],
        createdAt: Timestamp, updatedAt: Timestamp, version: Int64 = 0
    ) {
        self.key = key
        self.description = description
        self.isOnByDefault = isOnByDefault
        self.rules = rules
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public func isOn(for subject: FlagSubject) -> Bool {
        rules.first { $0.fits(subject, for: key) }?.value ?? isOnByDefault
    }
}

/// All flags as they were at one time.
public struct FlagSet: Sendable, Equatable {
    /// Counts the changes of all flags.
    public let revision: Int64
    private let flags: [FlagKey: FeatureFlag]

    /// Before anything was read.
    public static let none = FlagSet(revision: 0, [])

    public init(revision: Int64, _ flags: [FeatureFlag]) {
        self.revision = revision
        self.flags = Dictionary(flags.map { ($0.key, $0) }) { first, _ in first }
    }

    public subscript(key: FlagKey) -> FeatureFlag? { flags[key] }

    /// By key.
    public var all: [FeatureFlag] { flags.values.sorted { $0.key < $1.key } }

    public func values(for subject: FlagSubject) -> [FlagKey: Bool] {
        flags.mapValues { $0.isOn(for: subject) }
    }
}
