import Foundation

/// Scheme and authority of a web address as browsers write an origin: `https://app.example.com`, lower case, without
/// the port that goes without saying.
struct WebOrigin: Equatable {
    private static let defaultPorts = ["http": 80, "https": 443]

    let text: String
    let isSecure: Bool

    /// Nil for anything else than http or https with a host; a slash at the end is forgiven, a path is not.
    init?(_ address: String) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            let standard = Self.defaultPorts[scheme], let host = parts.host?.lowercased(), !host.isEmpty,
            host.utf8.allSatisfy(Self.allows), parts.path.isEmpty || parts.path == "/", parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil, !address.hasSuffix(":"),
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        let port = parts.port.flatMap { $0 == standard ? nil : ":\($0)" } ?? ""
        text = "\(scheme)://\(host)\(port)"
        isSecure = scheme == "https"
    }

    /// What a host in ASCII is made of, brackets of an IPv6 address included.
    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-._[:]".utf8.contains(byte)
        }
    }
}
