extension SchemaRecorder {
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        shape = .object
        return KeyedDecodingContainer(RecordingKeyed(recorder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        shape = .list(nil)
        return RecordingUnkeyed(recorder: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { RecordingSingle(recorder: self) }
}

/// Records the members of an object. ``contains(_:)`` and ``decodeIfPresent(_:forKey:)`` mark a member as optional.
private struct RecordingKeyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool {
        recorder.markOptional(key.stringValue)
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        recorder.markNullable(key.stringValue)
        return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let (schema, value) = try SchemaRecorder.record(type, inside: recorder.ancestors)
        recorder.add(key.stringValue, .schema(schema))
        return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        recorder.markOptional(key.stringValue)
        return try decode(type, forKey: key)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedDecodingContainer<
        Nested
    > {
        nested(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        nested(key.stringValue).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { nested("super") }
    func superDecoder(forKey key: Key) -> any Decoder { nested(key.stringValue) }

    private func nested(_ name: String) -> SchemaRecorder {
        let nested = SchemaRecorder(ancestors: recorder.ancestors)
        recorder.add(name, .recorder(nested))
        return nested
    }
}

/// Records what the elements of a list are: it seems to have one.
private struct RecordingUnkeyed: UnkeyedDecodingContainer {
    let recorder: SchemaRecorder
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (schema, value) = try SchemaRecorder.record(type, inside: recorder.ancestors)
        take(.schema(schema))
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
        nested().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { nested().unkeyedContainer() }
    mutating func superDecoder() -> any Decoder { nested() }

    private mutating func nested() -> SchemaRecorder {
        let nested = SchemaRecorder(ancestors: recorder.ancestors)
        take(.recorder(nested))
        return nested
    }

    private mutating func take(_ part: SchemaRecorder.Part) {
        if currentIndex == 0 { recorder.shape = .list(part) }
        currentIndex += 1
    }
}

/// Records a scalar.
private struct RecordingSingle: SingleValueDecodingContainer {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool {
        recorder.isNullable = true
        return false
    }

    func decode(_ type: Bool.Type) -> Bool { scalar(Schema(.boolean), false) }
    func decode(_ type: String.Type) -> String { scalar(Schema(.text(.unlimited, accepts: { _ in true })), "") }
    func decode(_ type: Double.Type) -> Double { scalar(Schema(.number), 0) }
    func decode(_ type: Float.Type) -> Float { scalar(Schema(.number), 0) }
    func decode(_ type: Int.Type) -> Int { integer() }
    func decode(_ type: Int8.Type) -> Int8 { integer() }
    func decode(_ type: Int16.Type) -> Int16 { integer() }
    func decode(_ type: Int32.Type) -> Int32 { integer() }
    func decode(_ type: Int64.Type) -> Int64 { integer() }
    func decode(_ type: UInt.Type) -> UInt { integer() }
    func decode(_ type: UInt8.Type) -> UInt8 { integer() }
    func decode(_ type: UInt16.Type) -> UInt16 { integer() }
    func decode(_ type: UInt32.Type) -> UInt32 { integer() }
    func decode(_ type: UInt64.Type) -> UInt64 { integer() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (schema, value) = try SchemaRecorder.record(type, inside: recorder.ancestors)
        return scalar(schema, value)
    }

    private func scalar<T>(_ schema: Schema, _ value: T) -> T {
        recorder.shape = .scalar(schema)
        return value
    }

    private func integer<Integer: FixedWidthInteger>() -> Integer {
        scalar(Schema(.integer(Int64(clamping: Integer.min)...Int64(clamping: Integer.max))), 0)
    }
}
