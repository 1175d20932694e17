import HTTPTypes

/// A request line's target in one of the forms a server must take (RFC 9112, 3.2): a path, a whole address as sent
/// to proxies, or `*` for OPTIONS.
struct RequestTarget {
    let path: String
    /// Of a whole address; it outranks the Host header.
    let authority: String?

    private static let schemes = ["http://", "https://"]

    /// - Throws: `malformed`.
    init(_ target: String, method: HTTPRequest.Method) throws(ConnectionProblem) {
        guard Self.isVisibleASCII(target) else { throw .malformed }
        if target.utf8.first == UInt8(ascii: "/") {
            path = target
            authority = nil
        } else if target == "*", method == .options {
            path = target
            authority = nil
        } else if let scheme = Self.schemes.first(where: { target.prefix($0.count).lowercased() == $0 }) {
            let rest = target.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            let host = String(rest[..<end])
            guard RequestHead.isAuthority(host) else { throw .malformed }
            authority = host
            path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
        } else {
            throw .malformed
        }
    }

    /// No control character, space, fragment or byte above ASCII: a target is a URI.
    private static func isVisibleASCII(_ target: String) -> Bool {
        target.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    }
}
