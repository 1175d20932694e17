/// A value that an array can be made of. `UInt8` makes `bytea`, everything else an array of one dimension.
public protocol PostgresArrayElement: Sendable {
    /// The type that an array of these has in a statement.
    static var postgresArrayType: PostgresType { get }
    /// Appends the array in its type's binary format.
    static func encode(_ elements: [Self], into buffer: inout [UInt8])
    /// Reads an array.
    /// - Throws: ``PostgresDecodingError`` when the column is NULL, holds NULL, or is no such array.
    static func decode(_ value: PostgresValue) throws(PostgresDecodingError) -> [Self]
}

extension UInt8: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .bytea }

    public static func encode(_ elements: [UInt8], into buffer: inout [UInt8]) {
        buffer.append(contentsOf: elements)
    }

    public static func decode(_ value: PostgresValue) throws(PostgresDecodingError) -> [UInt8] {
        guard value.type == .bytea else { throw value.mismatch(with: [UInt8].self) }
        return Array(try value.requiredBytes())
    }
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
    /// The binary form: dimensions, has-nulls flag, element type, then length and lower bound, then the elements.
    public static func encode(_ elements: [Self], into buffer: inout [UInt8]) {
        Int32(elements.isEmpty ? 0 : 1).appendBigEndian(to: &buffer)
        Int32(0).appendBigEndian(to: &buffer)
        postgresType.rawValue.appendBigEndian(to: &buffer)
        guard !elements.isEmpty else { return }
        Int32(clamping: elements.count).appendBigEndian(to: &buffer)
        Int32(1).appendBigEndian(to: &buffer)
        for element in elements {
            var bytes: [UInt8] = []
            element.encode(into: &bytes)
            Int32(clamping: bytes.count).appendBigEndian(to: &buffer)
            buffer.append(contentsOf: bytes)
        }
    }

    public static func decode(_ value: PostgresValue) throws(PostgresDecodingError) -> [Self] {
        var reader = BinaryReader(bytes: try value.requiredBytes())
        guard let dimensions: Int32 = reader.next(), (0...1).contains(dimensions), reader.next(Int32.self) != nil,
            let type: UInt32 = reader.next()
        else { throw value.mismatch(with: [Self].self) }
        guard dimensions == 1 else { return [] }
        guard let count: Int32 = reader.next(), reader.next(Int32.self) != nil else { throw .malformed }
        var elements: [Self] = []
        for _ in 0..<max(0, count) {
            guard let length: Int32 = reader.next() else { throw .malformed }
            let bytes = length < 0 ? nil : reader.take(Int(length))
            elements.append(try Self(postgres: PostgresValue(type: PostgresType(rawValue: type), bytes: bytes)))
        }
        return elements
    }
}

extension String: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .textArray }
}

extension Int64: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int8Array }
}

extension PostgresUUID: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .uuidArray }
}

/// Reads integers in network order without ever reading past the end.
struct BinaryReader {
    var bytes: UnsafeRawBufferPointer

    mutating func next<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self) -> Integer? {
        take(MemoryLayout<Integer>.size).map { Integer(bigEndian: $0.loadUnaligned(as: Integer.self)) }
    }

    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, bytes.count >= count else { return nil }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[count...]) }
        return UnsafeRawBufferPointer(rebasing: bytes[..<count])
    }
}
