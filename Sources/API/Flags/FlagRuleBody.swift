public import Core

/// For whom a flag has another value than its default.
public struct FlagRuleBody: Codable, Sendable, Equatable {
    /// What it looks at.
    public let attribute: FlagAttribute
    /// How it compares.
    public let comparison: FlagOperator
    /// Ids of people or teams, names of plans, domains. None for `any`.
    public let values: [String]
    /// Of those whom it fits, how many of a hundred it is for.
    public let percentage: Int
    /// What the flag is for them.
    public let value: Bool

    public init(_ rule: FlagRule) {
        attribute = rule.attribute
        comparison = rule.comparison
        values = rule.values
        percentage = rule.percentage
        value = rule.value
    }

    private enum CodingKeys: String, CodingKey {
        case attribute
        case comparison = "operator"
        case values
        case percentage
        case value
    }
}
