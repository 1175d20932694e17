/// Bytes to be hashed, which no other values make: every value says how long it is, or has the length of its type, and a
/// missing one differs from an empty one. Begins with what it is for, so that two kinds of things never make the same.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    init(_ purpose: String) {
        append(purpose)
    }

    /// Eight bytes, the highest first.
    mutating func append(_ number: Int64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// The length, then the bytes.
    mutating func append(_ value: [UInt8]) {
        append(Int64(value.count))
        bytes += value
    }

    /// UTF-8, as it is.
    mutating func append(_ text: String) {
        append(Array(text.utf8))
    }

    mutating func append<Entity>(_ id: ID<Entity>) {
        bytes += id.bytes
    }

    /// One byte for whether there is one, then the value.
    mutating func append(_ text: String?) {
        appendPresence(text != nil)
        if let text { append(text) }
    }

    mutating func append<Entity>(_ id: ID<Entity>?) {
        appendPresence(id != nil)
        if let id { append(id) }
    }

    /// How many, then each name and value, by the bytes of the names.
    mutating func append(_ values: [String: String]) {
        append(Int64(values.count))
        let entries = values.map { (name: Array($0.key.utf8), value: Array($0.value.utf8)) }
        for entry in entries.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
            append(entry.name)
            append(entry.value)
        }
    }

    /// Which case, then what it holds.
    mutating func append(_ part: SealedAuditPart) {
        switch part {
        case .none: bytes.append(0)
        case .erased: bytes.append(1)
        case .hash(let hash):
            bytes.append(2)
            append(hash)
        }
    }

    private mutating func appendPresence(_ isPresent: Bool) {
        bytes.append(isPresent ? 1 : 0)
    }
}
