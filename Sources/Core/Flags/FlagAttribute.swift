/// What a rule of a flag looks at. The raw values are part of stored rows and of the API.
public enum FlagAttribute: String, Sendable, Codable, CaseIterable {
    /// The person, by id.
    case user
    /// The team in which the person acts, by id.
    case team
    /// That team's plan, by name.
    case plan
    /// The domain of the person's address, once that is proven: an address that anybody may claim opens nothing.
    case emailDomain = "email_domain"

    /// What a plan's name may measure, in bytes of ASCII.
    public static let longestPlan = 64

    /// A value as subjects have it; nil for a text that no subject could have.
    public func canonical(_ value: String) -> String? {
        switch self {
        case .user: ID<User>(value)?.description
        case .team: ID<Team>(value)?.description
        case .plan: Self.isPlan(value) ? value : nil
        case .emailDomain: DomainName(parsing: value)?.ascii
        }
    }

    private static func isPlan(_ value: String) -> Bool {
        (1...longestPlan).contains(value.utf8.count)
            && value.utf8.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    }
}

/// How a rule of a flag compares. The raw values are part of stored rows and of the API.
public enum FlagOperator: String, Sendable, Codable, CaseIterable {
    /// Whoever has the attribute, whatever it is.
    case any
    /// Whoever has one of the values.
    case isOneOf = "in"
    /// Whoever has the attribute, but none of the values.
    case isNoneOf = "not_in"

    /// Whether values belong to it.
    public var takesValues: Bool { self != .any }
}
