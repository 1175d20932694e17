import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Accounts at a provider and those here that have the same address.
struct ProviderLinkingTests {
    private typealias Person = TestProvider.Person

    private static let login = "/auth/login"

    /// A browser that came back from the provider to an account that has the address.
    private func sentToSignIn(_ api: TestAPI, _ provider: TestProvider) async throws -> TestBrowser {
        var browser = TestBrowser(api)
        let answer = try await browser.signIn(at: provider, wanting: "/settings")
        #expect(answer.status == 302)
        #expect(answer.location == "\(TestAPI.origin)/login?error=account_exists")
        #expect(!answer.setsSession)
        let cookie = try #require(answer.setCookie("plinth_link"))
        #expect(cookie.hasSuffix("; Path=/; Max-Age=900; HttpOnly; SameSite=Lax"))
        #expect(answer.setCookie("plinth_provider")?.contains("Max-Age=0") == true)
        return browser
    }

    @Test func `a proven account is linked once its person signs in to it`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let own = try await api.registerProven()
            var browser = try await sentToSignIn(api, provider)
            let linked = try await browser.post(Self.login, TestAPI.credentials())
            #expect(linked.status == 200)
            #expect(linked.setCookie("plinth_link")?.contains("Max-Age=0") == true)
            #expect(browser.cookies["plinth_link"] == nil)
            let identities = try await browser.get("/users/me/identities")
            #expect(identities.status == 200)
            let identity = try #require(identities.data.first)
            #expect(identities.data.count == 1)
            #expect(Set(identity.keys) == ["id", "provider", "email", "created_at", "last_used_at"])
            #expect(identity["provider"] as? String == "example")
            #expect(identity["email"] as? String == "ada@example.com")
            #expect(!identities.text.contains(Person().subject))
            #expect(try await api.mails("identity_linked", to: "ada@example.com").count == 1)
            #expect(try await api.me(own.access).status == 200)
            var other = TestBrowser(api)
            #expect(try await other.signIn(at: provider).setsSession)
            #expect(try await other.get("/users/me")["id"] as? String == api.me(own.access)["id"] as? String)
        }
    }

    @Test func `a wrong password links nothing, and the right one after it does`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            _ = try await api.registerProven()
            var browser = try await sentToSignIn(api, provider)
            let wrong = try await browser.post(Self.login, TestAPI.credentials(password: "wrong horse battery"))
            #expect(wrong.status == 401)
            #expect(browser.cookies["plinth_link"] != nil)
            #expect(try await browser.post(Self.login, TestAPI.credentials()).status == 200)
            #expect(try await browser.get("/users/me/identities").data.count == 1)
        }
    }

    @Test func `a sign-in to another account links nothing`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            _ = try await api.registerProven()
            _ = try await api.registerProven("bob@example.com")
            var browser = try await sentToSignIn(api, provider)
            let link = browser.cookies["plinth_link"]
            #expect(try await browser.post(Self.login, TestAPI.credentials("bob@example.com")).status == 200)
            #expect(try await browser.get("/users/me/identities").data.isEmpty)
            var own = TestBrowser(api)
            own.set("plinth_link", to: link)
            #expect(try await own.post(Self.login, TestAPI.credentials()).status == 200)
            #expect(try await own.get("/users/me/identities").data.count == 1)
        }
    }

    @Test(arguments: [(899, 1), (900, 0)])
    func `it waits for a quarter of an hour`(seconds: Int, count: Int) async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            _ = try await api.registerProven()
            var browser = try await sentToSignIn(api, provider)
            api.pass(seconds: seconds)
            #expect(try await browser.post(Self.login, TestAPI.credentials()).status == 200)
            #expect(try await browser.get("/users/me/identities").data.count == count)
        }
    }

    @Test func `what waits and is no link of ours is passed over`() async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            _ = try await api.registerProven()
            var browser = TestBrowser(api)
            browser.set("plinth_link", to: "garbage")
            #expect(try await browser.post(Self.login, TestAPI.credentials()).status == 200)
            #expect(try await browser.get("/users/me/identities").data.isEmpty)
            #expect(browser.cookies["plinth_link"] == nil)
        }
    }

    @Test func `a link by mail and a passkey link as well`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let passkey = try await api.passkey(as: try await api.registerProven().access)
            var first = try await sentToSignIn(api, provider)
            let token = try await api.magicToken()
            #expect(try await first.post("/auth/magic-link/verify", TestAPI.proof(token)).status == 200)
            let identities = try await first.get("/users/me/identities").data
            #expect(identities.count == 1)
            let id = try #require(identities.first?["id"] as? String)
            #expect(try await first.delete("/users/me/identities/\(id)").status == 204)
            #expect(try await api.mails("identity_unlinked", to: "ada@example.com").count == 1)
            var second = try await sentToSignIn(api, provider)
            let credential = try passkey.used(try await api.passkeyChallenge())
            #expect(try await second.post("/auth/passkeys/verify", #"{"credential":\#(credential)}"#).status == 200)
            #expect(try await second.get("/users/me/identities").data.count == 1)
        }
    }

    @Test func `an account never proven becomes that of the mailbox's owner`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let stranger = try await api.register()
            let key = try await api.apiKey(as: stranger.access).secret
            let passkey = try await api.passkey(as: stranger.access)
            let reset = try await api.resetToken()
            var browser = TestBrowser(api)
            #expect(try await browser.signIn(at: provider).setsSession)
            let me = try await browser.get("/users/me")
            #expect(me["email"] as? String == "ada@example.com")
            #expect(me["email_verified"] as? Bool == true)
            #expect(try await browser.get("/users/me/passkeys").data.isEmpty)
            #expect(try await browser.get("/users/me/api-keys").data.isEmpty)
            #expect(try await api.me(stranger.access).status == 401)
            #expect(try await api.refresh(stranger.refresh).status == 401)
            #expect(try await api.me(key).status == 401)
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.signIn(by: try passkey.used(try await api.passkeyChallenge())).status == 401)
            #expect(try await api.reset(reset).status == 400)
            #expect(try await browser.get("/users/me").status == 200)
        }
    }

    @Test func `two people at the provider with one address are two people`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var (first, second) = (TestBrowser(api), TestBrowser(api))
            #expect(try await first.signIn(at: provider).setsSession)
            let answer = try await second.signIn(at: provider, as: Person(subject: "2"))
            #expect(answer.location == "\(TestAPI.origin)/login?error=account_exists")
            #expect(!answer.setsSession)
        }
    }
}
