/// A network in CIDR notation, or one address. An IPv4 address mapped into IPv6 counts as IPv4.
public struct AddressRange: Sendable, Hashable {
    private let address: IPAddress
    private let prefix: Int  // bits

    /// Nil unless the text is an IPv4 or IPv6 address with an optional prefix length that fits.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0]))?.unmapped else { return nil }
        let longest = address.bytes.count * 8
        guard parts.count == 2 else {
            (self.address, prefix) = (address, longest)
            return
        }
        guard let prefix = Int(parts[1]), (0...longest).contains(prefix) else { return nil }
        (self.address, self.prefix) = (address, prefix)
    }

    /// Whether an address in text form lies in it.
    public func contains(_ address: String) -> Bool {
        IPAddress(address).map { contains($0.unmapped) } ?? false
    }

    private func contains(_ other: IPAddress) -> Bool {
        let (own, other) = (address.bytes, other.bytes)
        guard own.count == other.count else { return false }
        let whole = prefix / 8
        guard own.prefix(whole) == other.prefix(whole) else { return false }
        guard prefix % 8 > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (prefix % 8))
        return own[whole] & mask == other[whole] & mask
    }
}

extension [AddressRange] {
    /// Whether an address in text form is welcome, where none of these stands for everywhere; an unknown one is welcome only
    /// there.
    func admit(_ address: String?) -> Bool {
        isEmpty || contains { range in address.map(range.contains) ?? false }
    }
}

extension AddressRange: CustomStringConvertible {
    /// `10.0.0.0/8`; a single address has the whole length: `192.0.2.7/32`.
    public var description: String { "\(address)/\(prefix)" }
}
