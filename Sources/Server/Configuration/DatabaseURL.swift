import Foundation

/// What can be told from a libpq connection string (URI or `key=value` pairs) without connecting.
struct DatabaseURL {
    /// How a remote server is reached in production where nothing else is said.
    private static let strictTLS = "sslmode=verify-full"
    private static let schemes = ["postgresql://", "postgres://"]

    let text: String
    private let isURI: Bool

    /// Nil for what is neither a URI nor pairs.
    init?(_ text: String) {
        isURI = Self.schemes.contains { text.hasPrefix($0) }
        guard isURI || (text.contains("=") && !text.contains("://")) else { return nil }
        self.text = text
    }

    /// The connection string with TLS that checks certificate and host name where it says nothing about TLS and
    /// leaves this machine.
    var withStrictTLS: String {
        guard value(of: "sslmode") == nil, isRemote else { return text }
        guard isURI else { return "\(text) \(Self.strictTLS)" }
        return text + (text.contains("?") ? "&" : "?") + Self.strictTLS
    }

    /// Whether any of its hosts is another machine. Without a host it is the socket of this one, unless a service file
    /// names it.
    var isRemote: Bool {
        let hosts = hosts
        guard !hosts.isEmpty else { return value(of: "service") != nil }
        return !hosts.allSatisfy(Self.isLocal)
    }

    private var hosts: [String] {
        let named = ["host", "hostaddr"].compactMap(value).flatMap { $0.split(separator: ",").map(String.init) }
        return (named + authorityHosts).filter { !$0.isEmpty }
    }

    private var authorityHosts: [String] {
        guard isURI, let start = text.range(of: "://")?.upperBound else { return [] }
        let authority = text[start...].prefix { $0 != "/" && $0 != "?" }
        let list = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return list.split(separator: ",").map { host in
            let name = host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
            return Self.decoded(name)
        }
    }

    /// A parameter of the URI's query, or of the pairs.
    private func value(of name: String) -> String? {
        let pairs =
            isURI
            ? (text.split(separator: "?", maxSplits: 1).dropFirst().first ?? "").split(separator: "&")
            : text.split(whereSeparator: \.isWhitespace)
        let match = pairs.last { $0.hasPrefix("\(name)=") }
        return match.map { Self.decoded($0.dropFirst(name.count + 1)).trimmingCharacters(in: ["'"]) }
    }

    private static func decoded(_ text: Substring) -> String {
        text.removingPercentEncoding ?? String(text)
    }

    private static func isLocal(_ host: String) -> Bool {
        host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1" || isLoopbackIPv4(host)
    }

    /// 127.0.0.0/8; a name that merely begins like it is somebody else's.
    private static func isLoopbackIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
