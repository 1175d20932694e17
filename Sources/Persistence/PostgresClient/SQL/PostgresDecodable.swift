/// A value that can be read from a column.
public protocol PostgresDecodable {
    /// Reads the binary form.
    /// - Throws: ``PostgresDecodingError`` when the column is NULL or of a type this one can't hold exactly.
    init(postgres value: PostgresValue) throws(PostgresDecodingError)
}

/// One column of one row, valid while it is being decoded.
public struct PostgresValue {
    /// What the server says the column is.
    public let type: PostgresType
    /// Nil for NULL.
    public let bytes: UnsafeRawBufferPointer?

    /// The bytes of a value that must not be NULL.
    public func requiredBytes() throws(PostgresDecodingError) -> UnsafeRawBufferPointer {
        guard let bytes else { throw .unexpectedNull }
        return bytes
    }

    /// What to throw when the column can't be read as `wanted`.
    public func mismatch(with wanted: Any.Type) -> PostgresDecodingError {
        .typeMismatch(column: type, wanted: String(describing: wanted))
    }

    func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(PostgresDecodingError) -> Integer {
        var reader = BinaryReader(bytes: try requiredBytes())
        let wide: Int64?
        switch type {
        case .int2: wide = reader.next(Int16.self).map(Int64.init)
        case .int4: wide = reader.next(Int32.self).map(Int64.init)
        case .int8: wide = reader.next(Int64.self)
        default: throw mismatch(with: Integer.self)
        }
        guard let wide, let exact = Integer(exactly: wide) else { throw .malformed }
        return exact
    }
}

/// Why a column could not be read.
public enum PostgresDecodingError: Error, Equatable {
    /// The column is NULL and the Swift type is not optional.
    case unexpectedNull
    /// The column is of a type that the Swift type can't be read from.
    case typeMismatch(column: PostgresType, wanted: String)
    /// The bytes are not what the type's binary format says, or the number does not fit.
    case malformed
    /// More columns were read than the row has.
    case noMoreColumns
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self = value.bytes == nil ? nil : try Wrapped(postgres: value)
    }
}

extension Bool: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        guard value.type == .bool else { throw value.mismatch(with: Bool.self) }
        guard let byte = try value.requiredBytes().first else { throw .malformed }
        self = byte != 0
    }
}

extension Int16: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.integer(Int16.self) }
}

extension Int32: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.integer(Int32.self) }
}

extension Int64: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.integer(Int64.self) }
}

extension Int: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) { self = try value.integer(Int.self) }
}

extension Double: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        var reader = BinaryReader(bytes: try value.requiredBytes())
        switch value.type {
        case .float8:
            guard let bits: UInt64 = reader.next() else { throw .malformed }
            self = Double(bitPattern: bits)
        case .float4:
            guard let bits: UInt32 = reader.next() else { throw .malformed }
            self = Double(Float(bitPattern: bits))
        default: throw value.mismatch(with: Double.self)
        }
    }
}

extension String: PostgresDecodable {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        guard value.type.isText else { throw value.mismatch(with: String.self) }
        self = String(decoding: try value.requiredBytes(), as: UTF8.self)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    public init(postgres value: PostgresValue) throws(PostgresDecodingError) {
        self = try Element.decode(value)
    }
}
