/// Which addresses on the internet are anybody's to be called: not this machine, not the networks around it, and nothing
/// that leads there by another name.
///
/// The blocks are those of IANA's special-purpose registries (RFC 6890; as of 2025), all of them, whether or not the registry
/// calls one globally reachable, with multicast and what was special once. Of version 6 only 2000::/3 is allocated at all.
public enum PublicAddress {
    /// Addresses with the same first bits.
    struct Block: Sendable {
        let prefix: IPAddress
        let length: UInt64
        /// What it is for.
        let purpose: String

        init?(_ text: String, _ purpose: String) {
            let parts = text.split(separator: "/").map(String.init)
            guard parts.count == 2, let prefix = IPAddress(parts[0]), let length = UInt64(parts[1]) else { return nil }
            self.prefix = prefix
            self.length = length
            self.purpose = purpose
        }

        func contains(_ address: IPAddress) -> Bool {
            switch (prefix, address) {
            case (.v4(let one), .v4(let other)): length == 0 || (one ^ other) >> (32 - UInt32(length)) == 0
            case (.v6(let high, let low), .v6(let otherHigh, let otherLow)):
                length <= 64
                    ? length == 0 || (high ^ otherHigh) >> (64 - length) == 0
                    : high == otherHigh && (low ^ otherLow) >> (128 - length) == 0
            default: false
            }
        }
    }

    /// Why an address is not called; nil for one that is public.
    public static func refusal(of address: IPAddress) -> String? {
        if let block = refused.first(where: { $0.contains(address) }) { return block.purpose }
        if case .v6 = address, !allocated.contains(where: { $0.contains(address) }) { return "not allocated" }
        return nil
    }

    /// Global unicast (RFC 4291, section 2.4).
    private static let allocated = [Block("2000::/3", "global unicast")].compactMap(\.self)

    static let refused: [Block] = [
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider's customers"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarks"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        // Public by its form, but answered inside every machine of Azure.
        ("168.63.129.16/32", "cloud metadata"),
        ("::/96", "IPv4-compatible, loopback, unspecified"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "discarded"),
        ("2001::/23", "protocol assignments, Teredo, benchmarks, ORCHID"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    ].compactMap { Block($0, $1) }
}
