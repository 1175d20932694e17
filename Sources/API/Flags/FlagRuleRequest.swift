public import Core

/// For whom a flag is to have another value than its default.
public struct FlagRuleRequest: Codable, Sendable, Equatable {
    /// What it looks at.
    public let attribute: FlagAttribute
    /// `any`: whoever has the attribute; `in`: one of the values; `not_in`: none of them. Whoever has not the attribute is out.
    public let comparison: FlagOperator
    /// Ids of people or teams, names of plans, domains. None for `any`.
    public let values: [String]?
    /// Of those whom it fits, how many of a hundred it is for: people, or of `team` and `plan` teams. 100 unless given.
    public let percentage: Int?
    /// What the flag is for them.
    public let value: Bool

    /// As flags hold it.
    public var rule: FlagRule {
        FlagRule(
            attribute, comparison, values ?? [], percentage: percentage ?? FlagRule.percentages.upperBound, value: value
        )
    }

    private enum CodingKeys: String, CodingKey {
        case attribute
        case comparison = "operator"
        case values
        case percentage
        case value
    }
}

extension FlagRuleRequest: SchemaProviding {
    /// What a value may measure: a domain is the longest.
    private static let valueRules = TextRules(length: 1...253)

    public static var schema: Schema {
        let attribute = Schema(.choice(FlagAttribute.allCases.map(\.rawValue)))
        let comparison = Schema(.choice(FlagOperator.allCases.map(\.rawValue)))
        let values = Schema(
            .list(of: Schema(.text(valueRules, accepts: { _ in true })), count: 0...FlagRule.mostValues))
        let percentages = FlagRule.percentages
        let percentage = Schema(.integer(Int64(percentages.lowerBound)...Int64(percentages.upperBound)))
        var schema = Schema(
            .object([
                Schema.Property("attribute", attribute), Schema.Property("operator", comparison),
                Schema.Property("values", values, isOptional: true),
                Schema.Property("percentage", percentage, isOptional: true),
                Schema.Property("value", Schema(.boolean)),
            ]),
            name: "FlagRuleRequest",
            example: [
                "attribute": "plan", "operator": "in", "values": ["pro"], "percentage": 50, "value": true,
            ])
        schema.condition = mismatches
        return schema
    }

    /// What is wrong between members that are right each for itself.
    private static func mismatches(in value: JSONValue) -> [ValidationError] {
        guard case .object(let rule) = value else { return [] }
        let comparison = rule["operator"]?.text.flatMap(FlagOperator.init)
        let attribute = rule["attribute"]?.text.flatMap(FlagAttribute.init)
        var values: [JSONValue] = []
        switch rule["values"] {
        case .array(let elements): values = elements
        case nil, .null: break
        default: return []
        }
        var errors: [ValidationError] = []
        if comparison?.takesValues == true, values.isEmpty {
            errors.append(ValidationError(pointer: "/values", .tooFew(minimum: 1)))
        }
        if comparison?.takesValues == false, !values.isEmpty {
            errors.append(ValidationError(pointer: "/values", .tooMany(maximum: 0)))
        }
        guard let attribute, values.count <= FlagRule.mostValues else { return errors }
        for (index, value) in values.enumerated() {
            // What is no such text at all is told already.
            guard let text = value.text, valueRules.problem(of: text) == nil else { continue }
            if attribute.canonical(text) == nil {
                errors.append(ValidationError(pointer: "/values/\(index)", .invalid(attribute.format)))
            }
        }
        return errors
    }
}

/// Rules, as many as a flag may have.
public struct FlagRuleList: Codable, Sendable, Equatable {
    public let rules: [FlagRuleRequest]

    public init(_ rules: [FlagRuleRequest]) {
        self.rules = rules
    }

    public init(from decoder: any Decoder) throws {
        rules = try decoder.singleValueContainer().decode([FlagRuleRequest].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rules)
    }
}

extension FlagRuleList: SchemaProviding {
    public static var schema: Schema {
        Schema(.list(of: FlagRuleRequest.schema, count: 0...FeatureFlag.mostRules), example: [])
    }
}

extension FlagAttribute {
    fileprivate var format: TextFormat {
        switch self {
        case .user, .team: .identifier
        case .plan: .plan
        case .emailDomain: .domain
        }
    }
}
