/// Reads CBOR (RFC 8949) as CTAP2 lets authenticators write it, and WebAuthn asks of those who read (section 2.4 of
/// level 2): lengths stated beforehand and in their shortest form, no tags, no member twice.
///
/// Floating-point numbers, `undefined` and numbers beyond `Int64` are refused too, as nothing here has a use for them.
/// The order of members is not looked at: not all clients sort them, and it changes no meaning.
struct CBORReader {
    /// Bytes that are looked at. An attestation object with a chain of certificates has 2,000 to 8,000.
    static let longestInBytes = 16 * 1024
    /// Items within items. CTAP2 allows messages 4.
    static let deepest = 8

    private var bytes: ArraySlice<UInt8>

    /// The one item that `bytes` are; nil when they are anything else, or more.
    static func item(_ bytes: [UInt8]) -> CBORValue? {
        guard let (item, rest) = firstItem(bytes[...]), rest.isEmpty else { return nil }
        return item
    }

    /// The item that `bytes` begin with, and what follows it.
    static func firstItem(_ bytes: ArraySlice<UInt8>) -> (item: CBORValue, rest: ArraySlice<UInt8>)? {
        guard bytes.count <= longestInBytes else { return nil }
        var reader = CBORReader(bytes: bytes)
        return reader.item(depth: 1).map { ($0, reader.bytes) }
    }

    private mutating func item(depth: Int) -> CBORValue? {
        guard depth <= Self.deepest, let (kind, argument) = head() else { return nil }
        switch kind {
        case 0: return Int64(exactly: argument).map(CBORValue.integer)
        case 1: return Int64(exactly: argument).map { .integer(-1 - $0) }
        case 2: return take(argument).map { .bytes(Array($0)) }
        case 3: return take(argument).flatMap { String(validating: $0, as: UTF8.self) }.map(CBORValue.text)
        case 4: return array(argument, depth: depth)
        case 5: return map(argument, depth: depth)
        case 7: return Self.simple(argument)
        default: return nil
        }
    }

    /// The three bits of the kind and the argument (section 3).
    private mutating func head() -> (kind: UInt8, argument: UInt64)? {
        guard let first = bytes.popFirst() else { return nil }
        let (kind, information) = (first >> 5, first & 31)
        let (width, least): (UInt64, UInt64)
        switch information {
        case ..<24: return (kind, UInt64(information))
        case 24: (width, least) = (1, 24)
        case 25: (width, least) = (2, 1 << 8)
        case 26: (width, least) = (4, 1 << 16)
        case 27: (width, least) = (8, 1 << 32)
        default: return nil
        }
        guard let argument = take(width)?.reduce(UInt64(0), { $0 << 8 | UInt64($1) }), argument >= least
        else { return nil }
        return (kind, argument)
    }

    /// The next `count` bytes. A count that is not there costs nothing.
    private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
        guard let count = Int(exactly: count), count <= bytes.count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    private mutating func array(_ count: UInt64, depth: Int) -> CBORValue? {
        guard count <= bytes.count else { return nil }
        var items: [CBORValue] = []
        for _ in 0..<count {
            guard let item = item(depth: depth + 1) else { return nil }
            items.append(item)
        }
        return .array(items)
    }

    private mutating func map(_ count: UInt64, depth: Int) -> CBORValue? {
        guard count <= bytes.count / 2 else { return nil }
        var members: [CBORValue.Key: CBORValue] = [:]
        for _ in 0..<count {
            guard let key = key(depth: depth + 1), members[key] == nil, let value = item(depth: depth + 1)
            else { return nil }
            members[key] = value
        }
        return .map(members)
    }

    private mutating func key(depth: Int) -> CBORValue.Key? {
        switch item(depth: depth) {
        case .integer(let integer): .integer(integer)
        case .text(let text): .text(text)
        default: nil
        }
    }

    /// What follows in further bytes, as floats do, is never as small as these.
    private static func simple(_ argument: UInt64) -> CBORValue? {
        switch argument {
        case 20: .bool(false)
        case 21: .bool(true)
        case 22: .null
        default: nil
        }
    }
}
