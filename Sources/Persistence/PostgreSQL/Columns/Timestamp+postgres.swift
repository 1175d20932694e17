public import Core
public import PostgresClient

/// A `timestamptz`.
extension Timestamp: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .timestamptz }

    public func encode(into buffer: inout [UInt8]) {
        PostgresTimestamp(microsecondsSince1970: microseconds).encode(into: &buffer)
    }

    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self.init(microseconds: try PostgresTimestamp(postgres: value).microsecondsSince1970)
    }
}
