public import Core
public import PostgresClient

/// A `uuid`.
extension ID: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .uuid }

    public func encode(into buffer: inout [UInt8]) {
        PostgresUUID(high: high, low: low).encode(into: &buffer)
    }

    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        let uuid = try PostgresUUID(postgres: value)
        self.init(high: uuid.high, low: uuid.low)
    }
}
