import Core
import HTTPServer

/// Where the server listens and whom it lets in.
struct HTTPConfiguration: Sendable {
    private static let usualPort = 8080
    private static let productionDelaySeconds = 5

    let host: String
    /// 0 for a free one.
    let port: Int
    /// Nil where it follows the port.
    private let baseURL: String?
    private let trustedProxies: [AddressRange]
    private let allowedOrigins: [String]
    private let requestsPerMinute: Int?
    private let shutdownDelay: Duration

    init(_ settings: Settings, isProduction: Bool, problems: inout [String]) {
        host = settings.text(.host) ?? (isProduction ? "0.0.0.0" : "127.0.0.1")
        port = settings.number(.port) ?? Self.usualPort
        baseURL = Self.baseURL(settings.text(.baseURL), isProduction: isProduction, problems: &problems)
        var proxies: [AddressRange] = []
        for text in settings.list(.trustedProxies) {
            if let range = AddressRange(text) {
                proxies.append(range)
            } else {
                problems.append("PLINTH_TRUSTED_PROXIES holds “\(text)”: write networks such as 10.0.0.0/8.")
            }
        }
        trustedProxies = proxies
        var origins: [String] = []
        for text in settings.list(.corsOrigins) {
            if let origin = WebOrigin(text) {
                origins.append(origin.text)
            } else {
                problems.append("PLINTH_CORS_ORIGINS holds “\(text)”: write origins such as https://app.example.com.")
            }
        }
        allowedOrigins = origins
        requestsPerMinute = settings.number(.rateLimit)
        shutdownDelay = .seconds(settings.number(.shutdownDelay) ?? (isProduction ? Self.productionDelaySeconds : 0))
    }

    /// Where people reach a server that listens on `port`.
    func baseURL(port: Int) -> String {
        baseURL ?? "http://localhost:\(port)"
    }

    func settings(port: Int, isProduction: Bool, requiresVerifiedEmail: Bool) -> HTTPSettings {
        var settings = HTTPSettings(
            host: host, port: port, baseURL: baseURL(port: port), isProduction: isProduction,
            trustedProxies: trustedProxies, allowedOrigins: allowedOrigins,
            requiresVerifiedEmail: requiresVerifiedEmail, shutdownDelay: shutdownDelay)
        if let requestsPerMinute { settings.requestsPerMinute = requestsPerMinute }
        return settings
    }

    private static func baseURL(_ text: String?, isProduction: Bool, problems: inout [String]) -> String? {
        guard let text else {
            if isProduction {
                problems.append(
                    "PLINTH_BASE_URL is not set: production needs the address people use, such as https://example.com.")
            }
            return nil
        }
        guard let origin = WebOrigin(text) else {
            problems.append("PLINTH_BASE_URL must be an address without a path, such as https://example.com.")
            return nil
        }
        if isProduction, !origin.isSecure {
            problems.append("PLINTH_BASE_URL must begin with https:// in production: cookies and links depend on it.")
        }
        return origin.text
    }
}
