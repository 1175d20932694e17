public import Core

// The scalars of Core as they stand in wire types.

extension EmailAddress: ConstrainedText {
    public init?(_ text: String) {
        guard let address = try? EmailAddress(parsing: text) else { return nil }
        self = address
    }

    public static var rules: TextRules {
        TextRules(length: 3...longestInBytes, format: .email, isTrimmed: true)
    }

    public static var example: String { "ada@example.org" }
}

extension PersonName: ConstrainedText {
    public static var rules: TextRules { TextRules(length: lengths, format: .personName, isTrimmed: true) }
    public static var example: String { "Ada" }
}

extension TeamName: ConstrainedText {
    public static var rules: TextRules { TextRules(length: lengths, format: .personName, isTrimmed: true) }
    public static var example: String { "Analytical Engines" }
}

extension TeamSlug: ConstrainedText {
    public static var rules: TextRules { TextRules(length: lengths, characters: .visibleASCII, format: .slug) }
    public static var example: String { "analytical-engines" }
}

extension FlagKey: ConstrainedText {
    public static var rules: TextRules { TextRules(length: lengths, characters: .visibleASCII, format: .flagKey) }
    public static var example: String { "new-editor" }
}

extension DomainName: ConstrainedText {
    public init?(_ text: String) {
        self.init(parsing: text)
    }

    public var text: String { ascii }
    public static var rules: TextRules { TextRules(length: 3...253, format: .domain) }
    public static var example: String { "example.org" }
}

extension RoleID: ConstrainedText {
    public var text: String { description }
    public static var rules: TextRules { TextRules(length: 5...36, characters: .visibleASCII, format: .role) }
    public static var example: String { "member" }
}

extension AddressRange: ConstrainedText {
    public var text: String { description }
    public static var rules: TextRules { TextRules(length: 2...49, characters: .visibleASCII, format: .addressRange) }
    public static var example: String { "192.0.2.0/24" }
}

extension TimeZoneName: ConstrainedText {
    public static var rules: TextRules { TextRules(length: 1...64, format: .timeZone) }
    public static var example: String { "UTC" }
}

extension ID: SchemaProviding {
    public static var schema: Schema {
        Schema(
            .text(
                TextRules(length: 36...36, characters: .visibleASCII, format: .identifier), accepts: { ID($0) != nil }),
            example: "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f")
    }
}

extension Timestamp: SchemaProviding {
    public static var schema: Schema {
        Schema(
            .text(
                TextRules(length: 20...64, characters: .visibleASCII, format: .time), accepts: { Timestamp($0) != nil }),
            example: "2026-01-31T12:00:00.000000Z")
    }
}

extension Cursor: ConstrainedText {
    public var text: String { description }
    public static var rules: TextRules { TextRules(length: 1...64, characters: .visibleASCII, format: .cursor) }
    public static var example: String { "AAZJrLP7QAABmMXwa158Op0uWhs8TV5v" }
}
