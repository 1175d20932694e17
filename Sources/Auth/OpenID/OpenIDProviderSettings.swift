public import Core

/// A provider that people may sign in with, and who we are to it.
public struct OpenIDProviderSettings: Sendable {
    /// Names the provider in paths and in the database, such as `google`.
    public let name: String
    /// Exactly as the provider writes it: another case or a slash at the end is another issuer.
    public let issuer: String
    public let clientID: String
    public let clientSecret: Secret
    /// Where the provider sends people back to, as registered there.
    public let redirectURI: String
    public let scopes: [String]
    /// Whether http will do for endpoints on this machine; for development and tests.
    public let allowsLoopback: Bool

    /// Which setting is refused. Never tells its value.
    public enum Problem: Error, Equatable {
        /// Not 1 to 32 of a-z, 0-9 and `-`, a letter first.
        case name
        /// Not an https address without query and fragment (Discovery 1.0, section 3).
        case issuer
        /// Empty, over 255 characters, or not printable ASCII (RFC 6749, appendix A.1).
        case clientID
        /// Empty, or not UTF-8.
        case clientSecret
        /// Not an absolute https address without fragment (RFC 6749 section 3.1.2).
        case redirectURI
        /// Without `openid`, or with a character that no scope has (RFC 6749 section 3.3).
        case scopes
    }

    public init(
        name: String, issuer: String, clientID: String, clientSecret: Secret, redirectURI: String,
        scopes: [String] = ["openid", "email", "profile"], allowsLoopback: Bool = false
    ) throws(Problem) {
        guard Self.isName(name) else { throw .name }
        guard let url = ProviderURL(issuer, allowsLoopback: allowsLoopback), !url.hasQuery else { throw .issuer }
        guard (1...255).contains(clientID.utf8.count), clientID.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .clientID }
        guard clientSecret.count > 0, String(validating: clientSecret.revealed(), as: UTF8.self) != nil
        else { throw .clientSecret }
        guard ProviderURL(redirectURI, allowsLoopback: allowsLoopback) != nil else { throw .redirectURI }
        guard scopes.contains("openid"), scopes.allSatisfy(Self.isScope) else { throw .scopes }
        self.name = name
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.allowsLoopback = allowsLoopback
    }

    /// Google, whose discovery document is at `https://accounts.google.com/.well-known/openid-configuration`.
    public static func google(
        clientID: String, clientSecret: Secret, redirectURI: String, allowsLoopback: Bool = false
    ) throws(Problem) -> OpenIDProviderSettings {
        try OpenIDProviderSettings(
            name: "google", issuer: "https://accounts.google.com", clientID: clientID, clientSecret: clientSecret,
            redirectURI: redirectURI, allowsLoopback: allowsLoopback)
    }

    private static func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch Unicode.Scalar(byte) {
                case "a"..."z", "0"..."9", "-": true
                default: false
                }
            } && !("0123456789-".utf8.contains(text.utf8.first ?? 0))
    }

    private static func isScope(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"\\".utf8.contains($0) }
    }
}
