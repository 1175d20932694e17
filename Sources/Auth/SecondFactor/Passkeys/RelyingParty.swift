import Crypto
import Foundation

/// The site that passkeys are made for (WebAuthn section 4).
public struct RelyingParty: Sendable, Equatable {
    /// The domain that passkeys are bound to, such as `app.example.com`. They work on no other than it and those below
    /// it, and are lost when it changes.
    public let id: String
    /// What authenticators show.
    public let name: String
    /// Where ceremonies may take place, as browsers write origins: `https://app.example.com`.
    public let origins: Set<String>

    public init(id: String, name: String, origins: Set<String>) {
        self.id = id
        self.name = name
        self.origins = origins
    }

    /// The site at `baseURL`, with its host for the id and it alone for the origin.
    ///
    /// Nil for an address with a path and the like, and where browsers allow no passkeys: on an IP address, and on http
    /// other than that of localhost. A domain in other letters than those of ASCII must be written in Punycode.
    public init?(baseURL: String, name: String) {
        guard baseURL.utf8.allSatisfy({ $0 < 0x80 }), let mark = baseURL.firstRange(of: "://") else { return nil }
        let scheme = baseURL[..<mark.lowerBound].lowercased()
        let rest = baseURL[mark.upperBound...].lowercased()
        let authority = rest.hasSuffix("/") ? rest.dropLast() : rest[...]
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, Self.isDomain(host) else { return nil }
        let defaultPort: Int
        switch scheme {
        case "https": defaultPort = 443
        case "http" where host == "localhost" || host.hasSuffix(".localhost"): defaultPort = 80
        default: return nil
        }
        var origin = "\(scheme)://\(host)"
        if parts.count == 2 {
            guard let port = Self.port(parts[1]) else { return nil }
            if port != defaultPort { origin += ":\(port)" }
        }
        self.init(id: String(host), name: name, origins: [origin])
    }

    var idHash: [UInt8] {
        Array(SHA256.hash(data: Array(id.utf8)))
    }

    /// Labels, the last of which begins with a letter, as that of no IPv4 address does.
    private static func isDomain(_ host: Substring) -> Bool {
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let first = labels.last?.first, isLetter(first) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { isLetter($0) || isDigit($0) || "-_".utf8.contains($0) }
        }
    }

    private static func port(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy(isDigit), let port = Int(text), (1...65_535).contains(port) else { return nil }
        return port
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
