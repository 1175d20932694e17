import Core
import Testing

@testable import Auth
@testable import Server

struct ProviderConfigurationTests {
    private static let google = ["GOOGLE_CLIENT_ID": "id", "GOOGLE_CLIENT_SECRET": "secret"]

    private func configuration(
        _ values: [String: String], isProduction: Bool = false
    ) -> (providers: ProviderConfiguration, problems: [String]) {
        var problems: [String] = []
        let settings = Settings(options: [:], environment: values, file: [:])
        let providers = ProviderConfiguration(settings, isProduction: isProduction, problems: &problems)
        return (providers, problems)
    }

    @Test func `nobody signs in elsewhere unless a client is named`() throws {
        let (providers, problems) = configuration([:])
        #expect(problems.isEmpty)
        #expect(try providers.providers(baseURL: "https://app.example.com").isEmpty)
    }

    @Test func `a client of Google's is all it takes, and another issuer takes its place`() throws {
        for (issuer, expected) in [
            (nil, "https://accounts.google.com"), ("https://login.example.com/", "https://login.example.com/"),
        ] as [(String?, String)] {
            var values = Self.google
            values["OIDC_ISSUER"] = issuer
            let (providers, problems) = configuration(values, isProduction: true)
            #expect(problems.isEmpty)
            let provider = try #require(try providers.providers(baseURL: "https://app.example.com").first)
            #expect(provider.name == "google" && provider.issuer == expected && provider.clientID == "id")
            #expect(provider.redirectURI == "https://app.example.com/api/v1/auth/oauth/google/callback")
            #expect(provider.clientSecret == Secret("secret"))
        }
    }

    @Test(arguments: [
        (["GOOGLE_CLIENT_ID": "id"], "set both, or none"), (["GOOGLE_CLIENT_SECRET": "s"], "set both, or none"),
        (["OIDC_ISSUER": "https://login.example.com"], "OIDC_ISSUER is set without"),
        (google.merging(["OIDC_ISSUER": "login.example.com"]) { $1 }, "OIDC_ISSUER must be"),
        (google.merging(["OIDC_ISSUER": "http://login.example.com"]) { $1 }, "OIDC_ISSUER must be"),
        (["GOOGLE_CLIENT_ID": "é", "GOOGLE_CLIENT_SECRET": "s"], "GOOGLE_CLIENT_ID is none"),
    ])
    func `what can't work is said with the remedy`(values: [String: String], sentence: String) {
        let problems = configuration(values).problems
        #expect(problems.count == 1)
        #expect(problems.first?.contains(sentence) == true)
    }

    @Test func `plain http is for providers on this machine, in development`() throws {
        let values = Self.google.merging(["OIDC_ISSUER": "http://127.0.0.1:9000"]) { $1 }
        #expect(configuration(values).problems.isEmpty)
        #expect(configuration(values, isProduction: true).problems.count == 1)
        #expect(try configuration(values).providers.providers(baseURL: "http://localhost:8080").count == 1)
    }
}
