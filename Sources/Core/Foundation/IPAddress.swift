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

    /// 4 bytes or 16.
    public var bytes: [UInt8] {
        switch self {
        case .v4(let value): Self.bytes(of: value)
        case .v6(let high, let low): Self.bytes(of: high) + Self.bytes(of: low)
        }
    }

    /// The address of version 4 where it is one mapped into version 6 (RFC 4291, section 2.5.5.2).
    public var unmapped: IPAddress {
        guard case .v6(high: 0, let low) = self, low >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: low))
    }

    private static func bytes(of value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
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

    /// The usual text (RFC 5952).
    public var description: String {
        let bytes = bytes
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
