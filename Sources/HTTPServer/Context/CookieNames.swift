import API
import HTTPTypes
import Hummingbird

/// The names of the cookies: with the `__Host-` prefix, which browsers honour over https only, or without it on plain
/// http in development.
struct CookieNames: Sendable {
    let access: String
    let refresh: String
    /// Of an administrator's own session, while the others are of one in somebody else's name.
    let ownRefresh: String
    let device: String
    /// Of a sign-in under way at a provider.
    let provider: String
    /// An account at a provider that waits to be linked.
    let link: String
    /// Between the two factors of a sign-in through a provider.
    let secondFactor: String
    let isSecure: Bool

    init(isSecure: Bool) {
        let prefix = isSecure ? "__Host-" : ""
        access = "\(prefix)plinth_access"
        refresh = "\(prefix)plinth_refresh"
        ownRefresh = "\(prefix)plinth_own_refresh"
        device = "\(prefix)plinth_device"
        provider = "\(prefix)plinth_provider"
        link = "\(prefix)plinth_link"
        secondFactor = "\(prefix)plinth_mfa"
        self.isSecure = isSecure
    }

    /// The value of a cookie; nil when it is absent or empty.
    /// - Throws: ``ProblemError`` when it is there twice: one of them was planted.
    func value(of name: String, in request: Request) throws -> String? {
        let values = CookieHeader.values(of: name, in: request.headers[values: .cookie])
        guard values.count <= 1 else { throw ProblemError(.malformedRequest) }
        return values.first.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A `Set-Cookie` value with all protections (RFC 6265bis).
    func set(_ name: String, to value: String, for lifetime: Duration) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(lifetime.components.seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    func clear(_ name: String) -> String {
        set(name, to: "", for: .zero)
    }
}

/// Reads `Cookie` headers byte by byte: only space and tab are white space, whatever Unicode says.
enum CookieHeader {
    static func values(of name: String, in headers: [String]) -> [String] {
        headers.flatMap { header in
            header.utf8.split(separator: UInt8(ascii: ";")).compactMap { pair -> String? in
                let trimmed = pair.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")),
                    trimmed[..<equals].elementsEqual(name.utf8)
                else { return nil }
                return String(decoding: trimmed[trimmed.index(after: equals)...], as: UTF8.self)
            }
        }
    }
}
