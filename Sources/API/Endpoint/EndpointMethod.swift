/// The methods that endpoints use.
public enum EndpointMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"

    /// Whether a request changes nothing (RFC 9110, section 9.2.1).
    public var isSafe: Bool { self == .get }
}
