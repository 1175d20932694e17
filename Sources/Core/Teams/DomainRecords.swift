/// Reads what the DNS says of names.
public protocol DomainRecords: Sendable {
    /// The texts of a name's TXT records, each with its strings put together; none where the name has none, or does not
    /// exist. What is no UTF-8 is left out.
    /// - Parameter name: Such as `_plinth-challenge.example.org`, without a dot at the end.
    /// - Throws: ``DomainRecordsError``, `CancellationError`.
    func texts(of name: String) async throws -> [String]
}

/// Why nothing was found out.
public enum DomainRecordsError: Error, Equatable {
    /// No name server answered in time, or one answered that it can't.
    case unavailable
}

/// The record by which a team proves that a domain is its own.
public struct DomainChallenge: Sendable, Equatable {
    /// The label below the domain, which begins with an underscore: no host has such a name (RFC 8552).
    public let label: String
    /// What stands before the token.
    public let key: String

    /// `_plinth-challenge.example.org TXT "plinth-verification=…"`
    public static let plinth = DomainChallenge(label: "_plinth-challenge", key: "plinth-verification")

    public init(label: String, key: String) {
        self.label = label
        self.key = key
    }

    public func recordName(of domain: DomainName) -> String { "\(label).\(domain.ascii)" }

    public func recordText(of domain: TeamDomain) -> String { "\(key)=\(domain.challenge)" }
}
