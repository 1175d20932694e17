import Core
import HTTPTypes

/// Finds the client's address behind proxies.
struct ClientAddress: Sendable {
    let trusted: [AddressRange]

    /// The address of the nearest hop that is no trusted proxy: forwarding headers are read from right to left and
    /// only as far as those who wrote them are trusted (RFC 7239, section 7.4).
    func client(peer: String?, headers: HTTPFields) -> String? {
        guard let peer, !trusted.isEmpty, isTrusted(peer) else { return peer }
        var nearest = peer
        for hop in hops(headers).reversed() {
            guard IPAddress(hop) != nil else { return nearest }
            nearest = hop
            guard isTrusted(hop) else { return hop }
        }
        return nearest
    }

    private func isTrusted(_ address: String) -> Bool {
        trusted.contains { $0.contains(address) }
    }

    private func hops(_ headers: HTTPFields) -> [String] {
        if headers.contains(.xForwardedFor) {
            return headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }.map { Self.bare($0) }
        }
        return headers[values: .forwarded].flatMap { $0.split(separator: ",") }.compactMap { element in
            element.split(separator: ";").lazy.map { $0.filter { $0 != " " } }
                .first { $0.lowercased().hasPrefix("for=") }.map { Self.bare($0.dropFirst("for=".count)) }
        }
    }

    /// Without white space, quotes, brackets and port.
    private static func bare(_ text: some StringProtocol) -> String {
        let text = String(text.filter { $0 != " " && $0 != "\t" && $0 != "\"" })
        if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
        return text.filter { $0 == ":" }.count == 1 ? String(text.prefix { $0 != ":" }) : text
    }
}
