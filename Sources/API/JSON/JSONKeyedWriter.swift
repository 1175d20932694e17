/// The members of one object in a ``JSONWriter``.
struct JSONKeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let level: Int
    let serial: Int

    var codingPath: [any CodingKey] { [] }

    private func begin(_ key: Key) throws {
        try writer.output.beginMember(key.stringValue, level: level, serial: serial)
    }

    func encodeNil(forKey key: Key) throws {
        try begin(key)
        writer.output.writeNull()
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        try begin(key)
        writer.output.write(value)
    }

    func encode(_ value: String, forKey key: Key) throws {
        try begin(key)
        writer.output.write(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        try begin(key)
        try writer.output.write(value)
    }

    func encode(_ value: Float, forKey key: Key) throws {
        try begin(key)
        try writer.output.write(value)
    }

    func encode(_ value: Int, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int8, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int16, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int32, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int64, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt8, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt16, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt32, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt64, forKey key: Key) throws { try integer(value, key) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try begin(key)
        try writer.writeNested(value, level: level + 1)
    }

    private func integer(_ value: some FixedWidthInteger, _ key: Key) throws {
        try begin(key)
        writer.output.write(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        slot(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        slot(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { slot("super") }
    func superEncoder(forKey key: Key) -> any Encoder { slot(key.stringValue) }

    private func slot(_ name: String) -> JSONSlot {
        do {
            try writer.output.beginMember(name, level: level, serial: serial)
        } catch {
            writer.output.fail()
        }
        return JSONSlot(writer: writer, level: level + 1, serial: writer.output.openSlot())
    }
}
