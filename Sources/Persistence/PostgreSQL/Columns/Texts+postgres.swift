public import Core
public import Persistence
public import PostgresClient

// Values that are stored as `text`.

extension PersonName: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self.init(stored: try String(postgres: value))
    }
}

extension TeamName: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self.init(stored: try String(postgres: value))
    }
}

extension TeamSlug: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self.init(stored: try String(postgres: value))
    }
}

extension TimeZoneName: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self.init(stored: try String(postgres: value))
    }
}

extension Language: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension OneTimeToken.Purpose: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension JobState: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension MailSuppression.Reason: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension AuditChain.Kind: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension TeamDomain.Proof: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension NotificationKind: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension RevocationReason: PostgresEncodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
}

extension PostgresValue {
    /// The case that the text names.
    /// - Throws: ``PostgresDecodingError/malformed`` for one that this version does not know.
    func choice<Choice: RawRepresentable<String>>() throws(PostgresDecodingError) -> Choice {
        guard let choice = Choice(rawValue: try String(postgres: self)) else { throw .malformed }
        return choice
    }
}
