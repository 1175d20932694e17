/// For whom a flag has another value than its default.
public struct FlagRule: Sendable, Equatable {
    /// Values that a rule may name.
    public static let mostValues = 100
    public static let percentages = 0...100

    public let attribute: FlagAttribute
    public let comparison: FlagOperator
    /// As subjects have them; empty for ``FlagOperator/any``.
    public let values: [String]
    /// Of those that the comparison fits, how many of a hundred the rule is for.
    public let percentage: Int
    /// What the flag is for them.
    public let value: Bool

    /// Clamps the percentage into ``percentages``, and brings values into the form that subjects have; leaves out those that no
    /// subject could have. Whoever serves outside callers checks first and says what is wrong.
    public init(
        _ attribute: FlagAttribute, _ comparison: FlagOperator, _ values: [String] = [], percentage: Int = 100,
        value: Bool = true
    ) {
        self.attribute = attribute
        self.comparison = comparison
        self.values = comparison.takesValues ? values.compactMap(attribute.canonical) : []
        self.percentage = min(max(percentage, Self.percentages.lowerBound), Self.percentages.upperBound)
        self.value = value
    }

    /// Whether the rule is for a subject. About an attribute that the subject has not it says nothing, whatever it compares.
    func fits(_ subject: FlagSubject, for key: FlagKey) -> Bool {
        guard let own = subject.value(of: attribute) else { return false }
        switch comparison {
        case .any: break
        case .isOneOf: guard values.contains(own) else { return false }
        case .isNoneOf: guard !values.contains(own) else { return false }
        }
        guard percentage < Self.percentages.upperBound else { return true }
        guard let counted = subject.counted(by: attribute) else { return false }
        return FlagShare.hundredth(of: counted, for: key) < percentage
    }
}
