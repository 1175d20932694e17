/// A type by its object identifier in `pg_type`, fixed for the built-in types.
public struct PostgresType: RawRepresentable, Hashable, Sendable {
    /// The `oid` of the row in `pg_type`.
    public let rawValue: UInt32

    /// Any identifier, of a built-in type or not.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// `boolean`, one byte.
    public static let bool = PostgresType(rawValue: 16)
    /// Bytes.
    public static let bytea = PostgresType(rawValue: 17)
    /// `name`, an identifier of up to 63 bytes.
    public static let name = PostgresType(rawValue: 19)
    /// `bigint`.
    public static let int8 = PostgresType(rawValue: 20)
    /// `smallint`.
    public static let int2 = PostgresType(rawValue: 21)
    /// `integer`.
    public static let int4 = PostgresType(rawValue: 23)
    /// `text`.
    public static let text = PostgresType(rawValue: 25)
    /// `oid`, an object identifier; not read as a number.
    public static let oid = PostgresType(rawValue: 26)
    /// `json`, kept as text.
    public static let json = PostgresType(rawValue: 114)
    /// `real`.
    public static let float4 = PostgresType(rawValue: 700)
    /// `double precision`.
    public static let float8 = PostgresType(rawValue: 701)
    /// `unknown`, a literal whose type nothing decided.
    public static let unknown = PostgresType(rawValue: 705)
    /// `bytea[]`.
    public static let byteaArray = PostgresType(rawValue: 1001)
    /// `text[]`.
    public static let textArray = PostgresType(rawValue: 1009)
    /// `bigint[]`.
    public static let int8Array = PostgresType(rawValue: 1016)
    /// `character(n)`, padded with blanks.
    public static let bpchar = PostgresType(rawValue: 1042)
    /// `character varying(n)`.
    public static let varchar = PostgresType(rawValue: 1043)
    /// `timestamp with time zone`.
    public static let timestamptz = PostgresType(rawValue: 1184)
    /// `uuid`.
    public static let uuid = PostgresType(rawValue: 2950)
    /// `uuid[]`.
    public static let uuidArray = PostgresType(rawValue: 2951)
    /// `jsonb`, a parsed document.
    public static let jsonb = PostgresType(rawValue: 3802)

    /// Whether a value is characters, which can't hold NUL.
    var isText: Bool {
        switch self {
        case .text, .varchar, .bpchar, .name, .json, .unknown: true
        default: false
        }
    }

    /// The type of an array's elements, for the array types that can be bound.
    var element: PostgresType? {
        switch self {
        case .textArray: .text
        case .int8Array: .int8
        case .uuidArray: .uuid
        case .byteaArray: .bytea
        default: nil
        }
    }
}
