/// A `timestamptz` as microseconds since 1970-01-01 UTC, or one of its two infinities.
public struct PostgresTimestamp: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    /// From PostgreSQL's epoch, 2000-01-01, to 1970-01-01.
    private static let epochOffset: Int64 = 946_684_800_000_000

    /// Negative before 1970; the greatest and the least integer are the infinities.
    public let microsecondsSince1970: Int64

    /// A time that PostgreSQL can't hold (before 4713 BC, after 294276) fails when it is bound.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Later than every other.
    public static let infinity = PostgresTimestamp(microsecondsSince1970: .max)
    /// Earlier than every other.
    public static let negativeInfinity = PostgresTimestamp(microsecondsSince1970: .min)

    public static var postgresType: PostgresType { .timestamptz }

    public func encode(into buffer: inout [UInt8]) {
        switch self {
        case .infinity, .negativeInfinity: microsecondsSince1970.appendBigEndian(to: &buffer)
        default:
            let (shifted, overflow) = microsecondsSince1970.subtractingReportingOverflow(Self.epochOffset)
            (overflow ? Int64.min : shifted).appendBigEndian(to: &buffer)
        }
    }

    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        guard value.type == .timestamptz else { throw value.mismatch(with: PostgresTimestamp.self) }
        var reader = BinaryReader(bytes: try value.requiredBytes())
        guard let stored: Int64 = reader.next() else { throw .malformed }
        switch stored {
        case .max: self = .infinity
        case .min: self = .negativeInfinity
        default:
            let (shifted, overflow) = stored.addingReportingOverflow(Self.epochOffset)
            guard !overflow else { throw .malformed }
            self.init(microsecondsSince1970: shifted)
        }
    }
}
