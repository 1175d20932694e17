/// Where a webhook is delivered: an address whose text has one reading.
///
/// It is put together anew from its parts, so that what is checked here and what a client of HTTP reads later are the same.
public struct WebhookURL: Sendable, Hashable {
    /// The whole text, in bytes.
    public static let longest = 2048

    /// Who may be called.
    public enum Reach: Sendable, Equatable {
        /// Over https, and nobody but what is public.
        case publicOnly
        /// Over http too, and this machine and its networks: for development.
        case anywhere
    }

    /// Why a text is none.
    public enum Problem: Error, Equatable, Sendable {
        case malformed
        case tooLong
        case notHTTPS
        /// A user or password before the host.
        case credentials
        /// A part after `#`, which is never sent.
        case fragment
        /// This machine, a network around it, or a name without a domain.
        case privateHost
    }

    /// What comes between `//` and the path, without a port.
    public enum Host: Sendable, Hashable {
        /// Lower-case ASCII.
        case name(String)
        case address(IPAddress)
    }

    public let isSecure: Bool
    public let host: Host
    /// Nil for the usual one of the scheme.
    public let port: UInt16?
    /// Path and query, with a slash at the beginning.
    public let target: String

    /// - Throws: ``Problem``.
    public init(parsing text: String, reach: Reach) throws(Problem) {
        let parts = try WebhookURLParts(text)
        guard parts.isSecure || reach == .anywhere else { throw .notHTTPS }
        isSecure = parts.isSecure
        port = parts.port == (isSecure ? 443 : 80) ? nil : parts.port
        target = parts.target
        host = try Self.host(parts.host, isLiteral: parts.isBracketed, reach)
    }

    /// One that was checked before it was stored.
    /// - Returns: Nil for what can't have been.
    public init?(stored text: String) {
        try? self.init(parsing: text, reach: .anywhere)
    }

    /// The host as in the text: version 6 in brackets.
    public var hostText: String {
        switch host {
        case .name(let name): name
        case .address(let address):
            if case .v6 = address { "[\(address)]" } else { address.description }
        }
    }

    public var text: String {
        (isSecure ? "https://" : "http://") + hostText + (port.map { ":\($0)" } ?? "") + target
    }

    private static func host(_ text: String, isLiteral: Bool, _ reach: Reach) throws(Problem) -> Host {
        if let address = IPAddress(text) {
            // Version 6 outside brackets would end at its first colon.
            guard isLiteral == address.isVersion6 else { throw .malformed }
            guard reach == .anywhere || PublicAddress.refusal(of: address) == nil else { throw .privateHost }
            return .address(address)
        }
        guard !isLiteral else { throw .malformed }
        if let name = DomainName(parsing: text) { return .name(name.ascii) }
        let name = text.lowercased()
        guard isSingleLabel(name) else { throw .malformed }
        guard reach == .anywhere else { throw .privateHost }
        return .name(name)
    }

    /// A name as machines of one network call each other, such as `localhost`.
    private static func isSingleLabel(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && text.first != "-" && text.last != "-"
            && text.utf8.contains(where: { !("0"..."9").contains(Unicode.Scalar($0)) })
            && text.utf8.allSatisfy { byte in
                switch Unicode.Scalar(byte) {
                case "a"..."z", "0"..."9", "-": true
                default: false
                }
            }
    }
}

extension IPAddress {
    fileprivate var isVersion6: Bool {
        if case .v6 = self { true } else { false }
    }
}
