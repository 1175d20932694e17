/// The elements of one array in a ``JSONWriter``.
struct JSONUnkeyedWriter: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let level: Int
    let serial: Int
    var count = 0

    var codingPath: [any CodingKey] { [] }

    private mutating func begin() throws {
        try writer.output.beginElement(level: level, serial: serial)
        count += 1
    }

    mutating func encodeNil() throws {
        try begin()
        writer.output.writeNull()
    }

    mutating func encode(_ value: Bool) throws {
        try begin()
        writer.output.write(value)
    }

    mutating func encode(_ value: String) throws {
        try begin()
        writer.output.write(value)
    }

    mutating func encode(_ value: Double) throws {
        try begin()
        try writer.output.write(value)
    }

    mutating func encode(_ value: Float) throws {
        try begin()
        try writer.output.write(value)
    }

    mutating func encode(_ value: Int) throws { try integer(value) }
    mutating func encode(_ value: Int8) throws { try integer(value) }
    mutating func encode(_ value: Int16) throws { try integer(value) }
    mutating func encode(_ value: Int32) throws { try integer(value) }
    mutating func encode(_ value: Int64) throws { try integer(value) }
    mutating func encode(_ value: UInt) throws { try integer(value) }
    mutating func encode(_ value: UInt8) throws { try integer(value) }
    mutating func encode(_ value: UInt16) throws { try integer(value) }
    mutating func encode(_ value: UInt32) throws { try integer(value) }
    mutating func encode(_ value: UInt64) throws { try integer(value) }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try begin()
        try writer.writeNested(value, level: level + 1)
    }

    private mutating func integer(_ value: some FixedWidthInteger) throws {
        try begin()
        writer.output.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        slot().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { slot().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { slot() }

    private mutating func slot() -> JSONSlot {
        do {
            try begin()
        } catch {
            writer.output.fail()
        }
        return JSONSlot(writer: writer, level: level + 1, serial: writer.output.openSlot())
    }
}
