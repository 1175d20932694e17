public import Core

/// How the server is reached and what it allows.
public struct HTTPSettings: Sendable {
    public var host: String
    /// 0 takes a free one.
    public var port: Int
    /// Scheme and authority as people reach the server, without a slash at the end.
    public var baseURL: String
    /// Production serves nothing under `/dev`.
    public var isProduction: Bool
    /// Peers whose forwarding headers count.
    public var trustedProxies: [AddressRange]
    /// Other origins whose pages may call the API with credentials, such as `https://app.example.com`.
    public var allowedOrigins: [String]
    /// Requests a minute of one principal; an address without one has a fifth.
    public var requestsPerMinute: Int
    /// Whether an address must be proven before sign-in.
    public var requiresVerifiedEmail: Bool
    public var limits: ConnectionLimits
    /// How long the server says that it is not ready before it stops accepting.
    public var shutdownDelay: Duration

    public init(
        host: String, port: Int, baseURL: String, isProduction: Bool, trustedProxies: [AddressRange] = [],
        allowedOrigins: [String] = [], requestsPerMinute: Int = 600, requiresVerifiedEmail: Bool,
        limits: ConnectionLimits = ConnectionLimits(), shutdownDelay: Duration = .zero
    ) {
        self.host = host
        self.port = port
        self.baseURL = baseURL
        self.isProduction = isProduction
        self.trustedProxies = trustedProxies
        self.allowedOrigins = allowedOrigins
        self.requestsPerMinute = requestsPerMinute
        self.requiresVerifiedEmail = requiresVerifiedEmail
        self.limits = limits
        self.shutdownDelay = shutdownDelay
    }

    /// Whether people reach the server over https.
    var isSecure: Bool { baseURL.hasPrefix("https://") }
}
