import Auth
import Core

/// Where else people may sign in: one provider of OpenID Connect, Google unless another is named.
struct ProviderConfiguration: Sendable {
    /// What the provider is called in paths, whoever it is.
    private static let name = "google"
    private static let google = "https://accounts.google.com"
    /// Stands for the address that the provider sends people back to, until the port is known.
    private static let anyRedirect = "https://example.com/"

    private let client: (id: String, secret: Secret, issuer: String)?
    private let allowsLoopback: Bool

    init(_ settings: Settings, isProduction: Bool, problems: inout [String]) {
        allowsLoopback = !isProduction
        switch (settings.text(.googleClientID), settings.text(.googleClientSecret)) {
        case (let id?, let secret?):
            client = (id, Secret(secret), settings.text(.oidcIssuer) ?? Self.google)
            do throws(OpenIDProviderSettings.Problem) {
                _ = try provider(redirectURI: Self.anyRedirect)
            } catch {
                problems.append(Self.sentence(error))
            }
        case (nil, nil):
            client = nil
            if settings.text(.oidcIssuer) != nil {
                problems.append("OIDC_ISSUER is set without GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET: set them, too.")
            }
        default:
            client = nil
            problems.append("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together: set both, or none.")
        }
    }

    /// The providers of a server that people reach at `baseURL`.
    /// - Throws: `OpenIDProviderSettings.Problem` where the base URL allows none, such as plain http in production.
    func providers(baseURL: String) throws(OpenIDProviderSettings.Problem) -> [OpenIDProviderSettings] {
        guard client != nil else { return [] }
        return try [provider(redirectURI: "\(baseURL)/api/v1/auth/oauth/\(Self.name)/callback")].compactMap(\.self)
    }

    private func provider(
        redirectURI: String
    ) throws(OpenIDProviderSettings.Problem) -> OpenIDProviderSettings? {
        guard let client else { return nil }
        return try OpenIDProviderSettings(
            name: Self.name, issuer: client.issuer, clientID: client.id, clientSecret: client.secret,
            redirectURI: redirectURI, allowsLoopback: allowsLoopback)
    }

    private static func sentence(_ problem: OpenIDProviderSettings.Problem) -> String {
        switch problem {
        case .issuer:
            "OIDC_ISSUER must be an https address exactly as the provider writes it, such as https://login.example.com."
        case .clientID: "GOOGLE_CLIENT_ID is none: copy it from the provider's console."
        case .clientSecret: "GOOGLE_CLIENT_SECRET is none: copy it from the provider's console."
        case .name, .redirectURI, .scopes: "The sign-in at a provider can't be set up: check PLINTH_BASE_URL."
        }
    }
}
