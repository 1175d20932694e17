#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The part of the Internet that one client is likely to hold: an IPv4 address, or an IPv6 network of 64 bits, all of
/// whose addresses a single machine can use.
public struct AddressBlock: Sendable, Hashable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// Reads an address; nil for anything else, ports, prefixes and zones included. An IPv4 address inside IPv6
    /// (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) is that IPv4 address.
    public init?(_ text: String) {
        // The C functions stop at a zero byte.
        guard !text.utf8.contains(0) else { return nil }
        if let bytes = Self.parse(text, family: AF_INET, length: 4) {
            self.bytes = bytes
        } else if let bytes = Self.parse(text, family: AF_INET6, length: 16) {
            let isMapped = bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF])
            self.bytes = Array(isMapped ? bytes.suffix(4) : bytes.prefix(8))
        } else {
            return nil
        }
    }

    /// `192.0.2.1`, or `2001:db8:0:1::/64`: one spelling a block. Personal data: not for logs.
    public var description: String {
        guard bytes.count == 8 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }

    private static func parse(_ text: String, family: Int32, length: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: length)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }
}
