/// A network in CIDR notation, or one address.
public struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefix: Int

    /// Nil unless the text is an IPv4 or IPv6 address with an optional prefix length that fits.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let bytes = IPAddress.bytes(of: String(parts[0])) else { return nil }
        guard parts.count == 2 else {
            (self.bytes, prefix) = (bytes, bytes.count * 8)
            return
        }
        guard let prefix = Int(parts[1]), (0...bytes.count * 8).contains(prefix) else { return nil }
        (self.bytes, self.prefix) = (bytes, prefix)
    }

    /// Whether an address in text form lies in it. An IPv4 address mapped into IPv6 counts as IPv4.
    public func contains(_ address: String) -> Bool {
        IPAddress.bytes(of: address).map(contains) ?? false
    }

    private func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        let whole = prefix / 8
        guard address.prefix(whole) == bytes.prefix(whole) else { return false }
        guard prefix % 8 > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (prefix % 8))
        return address[whole] & mask == bytes[whole] & mask
    }
}

extension AddressRange: CustomStringConvertible {
    /// `10.0.0.0/8`; a single address has the whole length: `192.0.2.7/32`.
    public var description: String { "\(IPAddress.text(of: bytes))/\(prefix)" }
}
