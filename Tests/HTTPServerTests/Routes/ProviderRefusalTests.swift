import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Sign-ins at a provider that come to nothing, though the answer belongs to them.
struct ProviderRefusalTests {
    private typealias Person = TestProvider.Person

    @Test func `an address that the provider does not vouch for opens no account and finds none`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            _ = try await api.registerProven("bob@example.com")
            for email in ["ada@example.com", "bob@example.com"] {
                var browser = TestBrowser(api)
                let person = Person(email: email, isEmailVerified: false)
                TestBrowser.expectRefusal(try await browser.signIn(at: provider, as: person), "email_not_verified")
                #expect(browser.cookies["plinth_link"] == nil)
            }
            #expect(try await api.signIn().code == "invalid_credentials")
        }
    }

    @Test func `a closed account stays closed`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            _ = try await browser.signIn(at: provider)
            try await api.suspend()
            var again = TestBrowser(api)
            TestBrowser.expectRefusal(try await again.signIn(at: provider), "account_suspended")
        }
    }

    @Test func `an account whose time is over sends the browser on as well`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            _ = try await browser.signIn(at: provider)
            try await api.beginDeletion()
            api.pass(seconds: 14 * 86_400)
            var again = TestBrowser(api)
            let answer = try await again.signIn(at: provider)
            #expect(answer.status == 302)
            #expect(answer.location?.hasPrefix("\(TestAPI.origin)/login?error=") == true)
            #expect(!answer.setsSession)
        }
    }

    @Test(
        arguments: [
            (.noConnection, "provider_failed"), (.failing, "provider_failed"), (.noJSON, "provider_failed"),
            (.refusesClient, "provider_failed"), (.refusesCode, "provider_refused"), (.noToken, "provider_refused"),
            (.otherNonce, "provider_refused"), (.otherAudience, "provider_refused"), (.otherIssuer, "provider_refused"),
            (.otherKey, "provider_refused"), (.oldToken, "provider_refused"),
        ] as [(TestProvider.Fault, String)])
    func `a provider that fails or proves nothing signs nobody in`(fault: TestProvider.Fault, code: String) async throws
    {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            await provider.fail(fault)
            let back = try await provider.approve(url, as: Person(), at: api.time.now)
            TestBrowser.expectRefusal(try await browser.comeBack(by: back), code)
            await provider.fail(nil)
            #expect(try await browser.signIn(at: provider).setsSession)
        }
    }

    @Test func `an answer of another provider is refused`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            for issuer in ["https://evil.example", ""] {
                var browser = TestBrowser(api)
                let url = try await browser.goToProvider()
                let back = try await provider.approve(url, as: Person(), at: api.time.now)
                let query = try TestProvider.query(of: back)
                let iss = issuer.isEmpty ? "" : "&iss=\(issuer)"
                let path = "\(TestBrowser.callback)?code=\(query["code"] ?? "")&state=\(query["state"] ?? "")\(iss)"
                TestBrowser.expectRefusal(try await browser.comeBack(by: path), "provider_refused")
            }
            #expect(await provider.verifiers.isEmpty)
        }
    }
}
