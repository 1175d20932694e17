public import Core
import Foundation
public import PostgresClient

extension FlagKey: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self.init(stored: try String(postgres: value))
    }
}

extension FeatureFlag {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "key, description, is_on_by_default, rules, created_at, updated_at, version"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            key: try columns.next(),
            description: try columns.next(),
            isOnByDefault: try columns.next(),
            rules: try FlagRule.decoded(try columns.next()),
            createdAt: try columns.next(),
            updatedAt: try columns.next(),
            version: try columns.next())
    }
}

extension FlagRule {
    /// As they are stored.
    static func encoded(_ rules: [FlagRule]) throws -> PostgresJSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return PostgresJSON(bytes: Array(try encoder.encode(rules.map(Stored.init))))
    }

    /// One that can't be read must not leave fewer, which could mean everybody.
    static func decoded(_ json: PostgresJSON) throws(PostgresDecodingError) -> [FlagRule] {
        do {
            return try JSONDecoder().decode([Stored].self, from: Data(json.bytes)).map(\.rule)
        } catch {
            throw .malformed
        }
    }

    private struct Stored: Codable {
        let attribute: FlagAttribute
        let comparison: FlagOperator
        let values: [String]
        let percentage: Int
        let value: Bool

        init(_ rule: FlagRule) {
            attribute = rule.attribute
            comparison = rule.comparison
            values = rule.values
            percentage = rule.percentage
            value = rule.value
        }

        var rule: FlagRule {
            FlagRule(attribute, comparison, values, percentage: percentage, value: value)
        }

        private enum CodingKeys: String, CodingKey {
            case attribute
            case comparison = "operator"
            case values
            case percentage
            case value
        }
    }
}
