import NIOCore

/// Whom a connection counts against: an IPv4 address, or the /64 block of an IPv6 address (one subscriber holds a
/// whole /64, so counting single addresses would count nothing).
enum ConnectionSource: Hashable, Sendable {
    case ipv4([UInt8])
    case ipv6Block([UInt8])

    /// Where `sockaddr_in` and `sockaddr_in6` hold the address, on Linux and Apple platforms alike.
    private static let ipv4Bytes = 4..<8
    private static let ipv6Bytes = 8..<24
    private static let blockBytes = 8
    private static let mappedIPv4Prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Nil for a unix socket: only this machine reaches it.
    init?(_ address: SocketAddress) {
        let raw = address.withSockAddr { pointer, size in
            Array(UnsafeRawBufferPointer(start: pointer, count: size))
        }
        switch address {
        case .v4:
            guard raw.count >= Self.ipv4Bytes.upperBound else { return nil }
            self = .ipv4(Array(raw[Self.ipv4Bytes]))
        case .v6:
            guard raw.count >= Self.ipv6Bytes.upperBound else { return nil }
            let bytes = raw[Self.ipv6Bytes]
            if bytes.starts(with: Self.mappedIPv4Prefix) {
                self = .ipv4(Array(bytes.dropFirst(Self.mappedIPv4Prefix.count)))
            } else {
                self = .ipv6Block(Array(bytes.prefix(Self.blockBytes)))
            }
        case .unixDomainSocket:
            return nil
        }
    }
}
