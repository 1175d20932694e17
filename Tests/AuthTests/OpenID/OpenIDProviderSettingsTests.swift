import Core
import Testing

@testable import Auth

struct OpenIDProviderSettingsTests {
    private func problem(
        name: String = "example", issuer: String = "https://id.example.org", clientID: String = "client-1",
        secret: Secret = Secret("s3cret"), redirectURI: String = "https://app.example.org/callback",
        scopes: [String] = ["openid"], allowsLoopback: Bool = false
    ) -> OpenIDProviderSettings.Problem? {
        do throws(OpenIDProviderSettings.Problem) {
            _ = try OpenIDProviderSettings(
                name: name, issuer: issuer, clientID: clientID, clientSecret: secret, redirectURI: redirectURI,
                scopes: scopes, allowsLoopback: allowsLoopback)
            return nil
        } catch {
            return error
        }
    }

    @Test func `Google is known`() throws {
        let settings = try OpenIDProviderSettings.google(
            clientID: "1.apps.googleusercontent.com", clientSecret: Secret("GOCSPX-x"),
            redirectURI: "https://app.example.org/callback")
        #expect(settings.name == "google")
        #expect(settings.issuer == "https://accounts.google.com")
        #expect(settings.scopes == ["openid", "email", "profile"])
        #expect(!settings.allowsLoopback)
        #expect(!"\(settings)".contains("GOCSPX"))
        #expect(
            OpenIDMetadata.url(issuer: settings.issuer, allowsLoopback: false)?.text
                == "https://accounts.google.com/.well-known/openid-configuration")
    }

    @Test func `what a provider can have is accepted`() {
        #expect(problem() == nil)
        #expect(problem(name: "my-idp-2", issuer: "https://login.example.org:8443/tenant/v2.0/") == nil)
        #expect(
            problem(
                issuer: "http://127.0.0.1:9000", redirectURI: "http://localhost:8080/callback", allowsLoopback: true)
                == nil)
    }

    @Test(arguments: ["", "Google", "a/b", "..", "a b", "é", "1a", "-a", "a_b", String(repeating: "a", count: 33)])
    func `a name is safe in a path`(name: String) {
        #expect(problem(name: name) == .name)
    }

    @Test(arguments: [
        "", "id.example.org", "http://id.example.org", "https://", "https://id.example.org?x",
        "https://id.example.org#x",
        "https://me@id.example.org", "https://id.example.org/é", "https://id.example.org\\x", "HTTPS://id.example.org",
        "https://id.example.org/a b", "http://127.0.0.1", "https://:443", "https://id.example.org:x", "https://[::1",
        "https://[]/", "https://[::1]x/", "https://id.example.org:65536",
    ])
    func `an issuer is an https address`(issuer: String) {
        #expect(problem(issuer: issuer) == .issuer)
    }

    @Test func `everything else is checked as well`() {
        #expect(problem(clientID: "") == .clientID)
        #expect(problem(clientID: "a\nb") == .clientID)
        #expect(problem(secret: Secret("")) == .clientSecret)
        #expect(problem(secret: Secret([0xFF])) == .clientSecret)
        #expect(problem(redirectURI: "/callback") == .redirectURI)
        #expect(problem(redirectURI: "http://localhost/callback") == .redirectURI)
        #expect(problem(redirectURI: "https://app.example.org/callback#x") == .redirectURI)
        #expect(problem(scopes: []) == .scopes)
        #expect(problem(scopes: ["email"]) == .scopes)
        #expect(problem(scopes: ["openid", "a b"]) == .scopes)
        #expect(problem(scopes: ["openid", ""]) == .scopes)
    }
}
