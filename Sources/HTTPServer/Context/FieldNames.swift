import HTTPTypes

/// Header fields that the library has no constant for.
extension HTTPField.Name {
    static let clearSiteData = name("Clear-Site-Data")
    static let crossOriginResourcePolicy = name("Cross-Origin-Resource-Policy")
    static let forwarded = name("Forwarded")
    static let idempotencyKey = name("Idempotency-Key")
    static let idempotentReplayed = name("Idempotent-Replayed")
    static let lastEventID = name("Last-Event-ID")
    static let rateLimit = name("RateLimit")
    static let rateLimitPolicy = name("RateLimit-Policy")
    static let requestID = name("X-Request-ID")
    static let secFetchSite = name("Sec-Fetch-Site")
    static let xForwardedFor = name("X-Forwarded-For")

    /// The fallback is for the type checker: every name above is a token (RFC 9110, section 5.6.2), which a test holds.
    private static func name(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .via
    }
}
