import Billing
import Testing

@testable import Integrations

struct CatalogueFileTests {
    private static let demo = """
        plans:
          - id: free
            name: Free
            limits: {seats: 3, storage_bytes: 1073741824, ai_tokens: 20_000, api_calls: 10_000}
          - id: pro
            name: Pro
            features: [custom_roles, webhooks]
            limits: {seats: 25, storage_bytes: 107374182400, ai_tokens: 1_000_000, api_calls: 1_000_000}
            trial_days: 14
            prices:
              - {id: pro_month_eur, interval: month, currency: EUR, unit_amount: 1900, per_seat: true}
              - {id: pro_month_usd, interval: month, currency: USD, unit_amount: 1900, per_seat: true}
              - {id: pro_year_eur, interval: year, currency: EUR, unit_amount: 19000, per_seat: true}
              - {id: pro_year_usd, interval: year, currency: USD, unit_amount: 19000, per_seat: true}
          - id: business
            name: Business
            features: [custom_roles, webhooks, domains, audit_export]
            limits: {seats: 250, storage_bytes: 1099511627776, ai_tokens: 10_000_000, api_calls: 10_000_000}
            prices:
              - {id: business_month_eur, interval: month, currency: EUR, unit_amount: 4900, per_seat: true}
              - {id: business_month_usd, interval: month, currency: USD, unit_amount: 4900, per_seat: true}
              - {id: business_year_eur, interval: year, currency: EUR, unit_amount: 49000, per_seat: true}
              - {id: business_year_usd, interval: year, currency: USD, unit_amount: 49000, per_seat: true}
        """

    @Test func `the demo catalogue can be written as a file`() throws {
        #expect(try CatalogueFile.read(Self.demo) == .demo)
    }

    @Test(
        arguments: [
            ("19.00", .text("19.00")), ("1900", .integer(1900)), ("1_900", .integer(1900)), ("-5", .integer(-5)),
            ("010", .text("010")), ("0x10", .text("0x10")), ("1:30", .text("1:30")), ("1e3", .text("1e3")),
            ("99999999999999999999", .text("99999999999999999999")), ("\"1900\"", .text("1900")), ("true", .bool(true)),
            ("yes", .bool(true)), ("'true'", .text("true")), ("~", .null), ("", .null),
            ("unlimited", .text("unlimited")),
            ("[a, 1]", .list([.text("a"), .integer(1)])),
        ] as [(String, CatalogueTree)])
    func `each value is of the kind that it is written as`(text: String, value: CatalogueTree) throws {
        #expect(try CatalogueFile.tree("key: \(text)") == .map([CatalogueTree.Entry("key", value)]))
    }

    @Test func `a price with a point is refused with what to write instead`() throws {
        let file = Self.demo.replacing("unit_amount: 1900,", with: "unit_amount: 19.00,")
        let error = try #require(throws: CatalogueError.self) { try CatalogueFile.read(file) }
        #expect(error.problems.map(\.path) == ["plans[1].prices[0].unit_amount", "plans[1].prices[1].unit_amount"])
        #expect(error.problems.allSatisfy { $0.advice.contains("1900 for 19.00 EUR") })
    }

    @Test func `an empty file is told of`() throws {
        let error = try #require(throws: CatalogueError.self) { try CatalogueFile.read("") }
        #expect(error.problems.first?.advice == "write a map with plans, not empty")
    }

    @Test(arguments: ["plans: [", "a: 1\na: 2", "\"", "- a\nb: c"])
    func `what is no YAML is told of`(text: String) throws {
        let error = try #require(throws: CatalogueFileError.self) { try CatalogueFile.read(text) }
        guard case .notYAML = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func `neither a long file nor one of aliases takes the server down`() {
        let long = String(repeating: "#", count: CatalogueFile.largest + 1)
        #expect(throws: CatalogueFileError.tooLarge) { try CatalogueFile.read(long) }
        let lines = (1..<30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let bomb = (["a0: &a0 x"] + lines).joined(separator: "\n")
        #expect(throws: CatalogueFileError.tooLarge) { try CatalogueFile.read(bomb) }
    }
}
