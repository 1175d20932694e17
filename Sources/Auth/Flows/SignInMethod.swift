/// What somebody signed in, or showed again who they are, with. The raw values are part of stored rows and of the API.
public enum SignInMethod: String, Sendable, Codable, CaseIterable {
    case password
    /// A mailed link.
    case link
    case totp
    case recoveryCode = "recovery_code"
    case passkey
    /// A provider (OpenID Connect).
    case provider
}
