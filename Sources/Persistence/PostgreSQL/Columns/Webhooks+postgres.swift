public import Core
public import PostgresClient

// Values of webhooks that are stored as `text`.

extension WebhookURL: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        guard let url = WebhookURL(stored: try String(postgres: value)) else { throw .malformed }
        self = url
    }
}

extension WebhookEventKind: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension WebhookEndpoint.Pause: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension WebhookDelivery.State: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}

extension WebhookFailure: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public func encode(into buffer: inout [UInt8]) { rawValue.encode(into: &buffer) }
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.choice() }
}
