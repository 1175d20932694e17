/// The place of one value in a ``JSONWriter``, as `Codable` wants to see it. Three words, so that `any Encoder` holds it
/// without an allocation.
struct JSONSlot: Encoder {
    let writer: JSONWriter
    /// How many frames are open around the place.
    let level: Int
    let serial: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        writer.output.openFrame(slot: serial, level: level, opening: UInt8(ascii: "{"), closing: UInt8(ascii: "}"))
        return KeyedEncodingContainer(JSONKeyedWriter(writer: writer, level: level, serial: serial))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        writer.output.openFrame(slot: serial, level: level, opening: UInt8(ascii: "["), closing: UInt8(ascii: "]"))
        return JSONUnkeyedWriter(writer: writer, level: level, serial: serial)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Writes a tree into the place.
    func write(_ value: JSONValue) throws {
        try writer.output.fillSlot(serial)
        writer.output.write(value)
    }
}

extension JSONSlot: SingleValueEncodingContainer {
    func encodeNil() throws {
        try writer.output.fillSlot(serial)
        writer.output.writeNull()
    }

    func encode(_ value: Bool) throws {
        try writer.output.fillSlot(serial)
        writer.output.write(value)
    }

    func encode(_ value: String) throws {
        try writer.output.fillSlot(serial)
        writer.output.write(value)
    }

    func encode(_ value: Double) throws {
        try writer.output.fillSlot(serial)
        try writer.output.write(value)
    }

    func encode(_ value: Float) throws {
        try writer.output.fillSlot(serial)
        try writer.output.write(value)
    }

    func encode(_ value: Int) throws { try integer(value) }
    func encode(_ value: Int8) throws { try integer(value) }
    func encode(_ value: Int16) throws { try integer(value) }
    func encode(_ value: Int32) throws { try integer(value) }
    func encode(_ value: Int64) throws { try integer(value) }
    func encode(_ value: UInt) throws { try integer(value) }
    func encode(_ value: UInt8) throws { try integer(value) }
    func encode(_ value: UInt16) throws { try integer(value) }
    func encode(_ value: UInt32) throws { try integer(value) }
    func encode(_ value: UInt64) throws { try integer(value) }

    func encode<T: Encodable>(_ value: T) throws { try value.encode(to: self) }

    private func integer(_ value: some FixedWidthInteger) throws {
        try writer.output.fillSlot(serial)
        writer.output.write(value)
    }
}
