// What the compiler writes for an optional property calls `encodeIfPresent`, which leaves the member out by default. Ours
// is written as null: a reader can tell "no value" from "no such field".

extension JSONKeyedWriter {
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        try optional(value, key) { try $0.output.write($1) }
    }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
        try optional(value, key) { try $0.output.write($1) }
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value, key) { $0.output.write($1) } }

    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        let level = level + 1
        try optional(value, key) { try $0.writeNested($1, level: level) }
    }

    @inline(__always)
    private func optional<T>(_ value: T?, _ key: Key, write: (JSONWriter, T) throws -> Void) throws {
        guard let value else { return try encodeNil(forKey: key) }
        try writer.output.beginMember(key.stringValue, level: level, serial: serial)
        try write(writer, value)
    }
}
