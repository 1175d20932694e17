/// A `uuid` as two words in network order.
public struct PostgresUUID: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    /// The first eight bytes.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Any 128 bits are a `uuid`.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public static var postgresType: PostgresType { .uuid }

    public func encode(into buffer: inout [UInt8]) {
        high.appendBigEndian(to: &buffer)
        low.appendBigEndian(to: &buffer)
    }

    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        guard value.type == .uuid else { throw value.mismatch(with: PostgresUUID.self) }
        var reader = BinaryReader(bytes: try value.requiredBytes())
        guard let high: UInt64 = reader.next(), let low: UInt64 = reader.next() else { throw .malformed }
        self.init(high: high, low: low)
    }
}
