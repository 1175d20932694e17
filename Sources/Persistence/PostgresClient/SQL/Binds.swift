/// The values of a statement in PostgreSQL's binary format, one after the other in one buffer.
struct Binds: Sendable {
    /// What the protocol can count (a 16-bit field).
    static let most = 65_535

    private(set) var types: [UInt32] = []
    /// Length of each value; -1 for NULL.
    private(set) var lengths: [Int32] = []
    private(set) var buffer: [UInt8] = []
    /// Set by a value that PostgreSQL can't hold; the statement is refused before it is sent.
    private(set) var isInvalid = false

    init(reserving count: Int = 0) {
        types.reserveCapacity(count)
        lengths.reserveCapacity(count)
        buffer.reserveCapacity(count * 24)
    }

    var count: Int { types.count }
    var isEmpty: Bool { types.isEmpty }
    var byteCount: Int { buffer.count + 8 * count }

    mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let start = buffer.count
        value.encode(into: &buffer)
        types.append(Value.postgresType.rawValue)
        lengths.append(Int32(clamping: buffer.count - start))
        if Value.postgresType.isText, buffer[start...].contains(0) { isInvalid = true }
    }

    mutating func appendNull(of type: PostgresType) {
        types.append(type.rawValue)
        lengths.append(-1)
    }

    mutating func append(contentsOf other: Binds) {
        types += other.types
        lengths += other.lengths
        buffer += other.buffer
        isInvalid = isInvalid || other.isInvalid
    }
}
