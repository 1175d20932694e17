#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An address of the internet protocol, version 4 or 6.
public enum IPAddress: Sendable, Hashable {
    case v4(UInt32)
    /// The first and the last eight bytes, big-endian.
    case v6(high: UInt64, low: UInt64)
}

extension IPAddress: LosslessStringConvertible {
    /// Reads dotted decimal, or the forms of RFC 4291 without a zone; nil for anything else, so for the short, octal and
    /// hexadecimal spellings of version 4 that some resolvers know.
    public init?(_ description: String) {
        // The C function would stop reading at a NUL.
        guard !description.utf8.contains(0) else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, description, &four) == 1 {
            self = .v4(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, description, &six) == 1 else { return nil }
        self = withUnsafeBytes(of: six) { bytes in
            .v6(
                high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// Dotted decimal, or eight groups of hexadecimal digits, none left out.
    public var description: String {
        switch self {
        case .v4(let value):
            stride(from: 24, through: 0, by: -8).map { String(value >> UInt32($0) & 0xFF) }.joined(separator: ".")
        case .v6(let high, let low):
            [high, low].flatMap { word in
                stride(from: 48, through: 0, by: -16).map { String(word >> UInt64($0) & 0xFFFF, radix: 16) }
            }.joined(separator: ":")
        }
    }
}
