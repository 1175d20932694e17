/// A `jsonb` (or, when read, `json`) as JSON text in UTF-8.
public struct PostgresJSON: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    /// The version byte before the text in jsonb's binary format.
    private static let version: UInt8 = 1

    /// The text; PostgreSQL refuses it when it is no JSON.
    public let bytes: [UInt8]

    /// Takes the text unchecked.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public static var postgresType: PostgresType { .jsonb }

    public func encode(into buffer: inout [UInt8]) {
        buffer.append(Self.version)
        buffer.append(contentsOf: bytes)
    }

    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        let stored = try value.requiredBytes()
        switch value.type {
        case .json: bytes = Array(stored)
        case .jsonb where stored.first == Self.version: bytes = Array(stored.dropFirst())
        case .jsonb: throw .malformed
        default: throw value.mismatch(with: PostgresJSON.self)
        }
    }
}
