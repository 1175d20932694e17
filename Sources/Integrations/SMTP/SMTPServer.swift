import Core
import Foundation

/// A mail server and how to reach it, read from a URL:
/// `smtps://user:password@mail.example.com` (TLS from the start, port 465) or
/// `smtp://user:password@mail.example.com` (STARTTLS, port 587).
///
/// Without TLS nothing leaves this machine: only a server on a loopback address may do without STARTTLS.
public struct SMTPServer: Sendable, Equatable {
    /// Why a text names no mail server; a sentence without subject that says what to do.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    enum Encryption: Equatable {
        case fromTheStart
        case startTLS
        /// STARTTLS where the server offers it.
        case offered
    }

    private static let submissionPort = 587
    private static let tlsPort = 465

    let host: String
    let port: Int
    let encryption: Encryption
    let user: String?
    let password: Secret?
    /// The file of the authority that signed the server's certificate; nil for those that the system knows.
    let rootCertificate: String?

    public init(url text: String) throws(Problem) {
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
            scheme == "smtp" || scheme == "smtps", let host = url.host, !host.isEmpty, url.fragment == nil,
            (1...65_535).contains(url.port ?? 1)
        else {
            throw Problem(
                description:
                    "must be smtp://host or smtps://host, with user and password percent-encoded before the host")
        }
        guard url.path.isEmpty || url.path == "/" else { throw Problem(description: "must not have a path") }
        var certificate: String?
        for item in url.queryItems ?? [] {
            guard item.name == "sslrootcert", let file = item.value, !file.isEmpty else {
                // Not named: it may be a part of the password.
                throw Problem(description: "has an option that is not sslrootcert=FILE; in a password write ? as %3F")
            }
            certificate = file
        }
        guard (url.user == nil) == (url.password == nil) else {
            throw Problem(description: "must name both user and password, or neither")
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let isSecure = scheme == "smtps"
        port = url.port ?? (isSecure ? Self.tlsPort : Self.submissionPort)
        encryption = isSecure ? .fromTheStart : Self.isLoopback(self.host) ? .offered : .startTLS
        user = url.user
        password = url.password.map { Secret($0) }
        rootCertificate = certificate
    }

    /// For the readiness report and the banner: without credentials.
    public var summary: String { "SMTP server \(host) port \(port)" }

    /// What libcurl takes.
    var address: String {
        let scheme = encryption == .fromTheStart ? "smtps" : "smtp"
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.split(separator: ".").count == 4
                && host.allSatisfy { $0.isNumber || $0 == "." }
    }
}
