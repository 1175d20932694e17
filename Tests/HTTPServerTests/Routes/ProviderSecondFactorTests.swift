import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Signing in through a provider to an account that asks for a second factor.
struct ProviderSecondFactorTests {
    private static let verify = "/auth/mfa/verify"
    private static let cookie = "plinth_mfa"

    /// An account with an authenticator app and the provider, and a browser that came back from there.
    private func asked(
        _ api: TestAPI, _ provider: TestProvider
    ) async throws -> (browser: TestBrowser, app: TestAuthenticator) {
        var first = TestBrowser(api)
        #expect(try await first.signIn(at: provider).setsSession)
        let (app, _) = try await api.enrol(as: try #require(first.cookies["plinth_access"]))
        var browser = TestBrowser(api)
        let answer = try await browser.signIn(at: provider, wanting: "/settings")
        #expect(answer.status == 302)
        #expect(answer.location == "\(TestAPI.origin)/login/mfa")
        #expect(!answer.setsSession)
        let cookie = try #require(answer.setCookie(Self.cookie))
        #expect(cookie.hasSuffix("; Path=/; Max-Age=300; HttpOnly; SameSite=Lax"))
        #expect(answer.setCookie("plinth_provider")?.contains("Max-Age=0") == true)
        return (browser, app)
    }

    @Test func `the code ends the sign-in, with what the browser keeps in place of the token`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var (browser, app) = try await asked(api, provider)
            #expect(try await browser.get("/users/me").status == 401)
            let kept = browser.cookies[Self.cookie]
            let answer = try await browser.post(Self.verify, #"{"code":"\#(app.code())"}"#)
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""access_token":null,"refresh_token":null"#))
            #expect(answer.setCookie(Self.cookie)?.contains("Max-Age=0") == true)
            #expect(browser.cookies[Self.cookie] == nil)
            #expect(try await browser.get("/users/me")["email"] as? String == "ada@example.com")
            api.pass(seconds: 30)
            var again = TestBrowser(api)
            again.set(Self.cookie, to: kept)
            let spent = try await again.post(Self.verify, #"{"code":"\#(app.code())"}"#)
            #expect(spent.status == 410)
            #expect(spent.code == "challenge_expired")
        }
    }

    @Test func `a wrong code leaves the right one its chance`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var (browser, app) = try await asked(api, provider)
            let wrong = try await browser.post(Self.verify, #"{"code":"\#(app.wrongCode)"}"#)
            #expect(wrong.status == 401)
            #expect(wrong.code == "invalid_code")
            #expect(browser.cookies[Self.cookie] != nil)
            #expect(try await browser.post(Self.verify, #"{"code":"\#(app.code())"}"#).status == 200)
        }
    }

    @Test(
        arguments: [
            ([("Sec-Fetch-Site", "same-origin")], true), ([("Origin", "http://localhost:8080")], true),
            ([("Origin", "https://app.example.com")], true), ([], false), ([("Sec-Fetch-Site", "cross-site")], false),
            ([("Sec-Fetch-Site", "same-site")], false), ([("Sec-Fetch-Site", "none")], false),
            ([("Origin", "https://evil.example")], false), ([("Origin", "null")], false),
            ([("Origin", "http://localhost:8080.evil.example")], false),
            ([("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")], false),
        ] as [([(String, String)], Bool)])
    func `the cookie counts from pages of ours and of the list only`(
        fields: [(String, String)], isOurs: Bool
    ) async throws {
        try await TestAPI.runWithProvider(configure: { $0.allowedOrigins = ["https://app.example.com"] }) {
            api, provider async throws in
            let (browser, app) = try await asked(api, provider)
            let kept = try #require(browser.cookies[Self.cookie])
            let headers = HTTPFields(named: fields + [("Cookie", "\(Self.cookie)=\(kept)")])
            let body = #"{"code":"\#(app.code())"}"#
            let answer = try await api.post(Self.verify, body, headers: headers)
            #expect(answer.status == (isOurs ? 200 : 403))
            #expect(answer.code == (isOurs ? nil : "csrf_failed"))
            #expect(answer.setsSession == isOurs)
            if !isOurs {
                let own: HTTPFields = [.cookie: "\(Self.cookie)=\(kept)", .secFetchSite: "same-origin"]
                #expect(try await api.post(Self.verify, body, headers: own).status == 200)
            }
        }
    }

    @Test func `a token in the body needs no cookie, and neither is no sign-in`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let (browser, app) = try await asked(api, provider)
            let none = try await api.post(Self.verify, #"{"code":"\#(app.code())"}"#)
            #expect(none.status == 422)
            #expect(none.pointers == ["/mfa_token"])
            let token = try #require(browser.cookies[Self.cookie])
            #expect(try await api.verify(token, code: app.code()).status == 200)
        }
    }

    @Test func `two of the cookie are refused`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let (browser, app) = try await asked(api, provider)
            let kept = try #require(browser.cookies[Self.cookie])
            let answer = try await api.post(
                Self.verify, #"{"code":"\#(app.code())"}"#,
                headers: [.cookie: "\(Self.cookie)=\(kept); \(Self.cookie)=x", .secFetchSite: "same-origin"])
            #expect(answer.status == 400)
            #expect(!answer.setsSession)
        }
    }

    @Test(arguments: [(299, 200), (300, 410)])
    func `there are five minutes for it`(seconds: Int, status: Int) async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var (browser, app) = try await asked(api, provider)
            api.pass(seconds: seconds)
            #expect(try await browser.post(Self.verify, #"{"code":"\#(app.code())"}"#).status == status)
        }
    }

    @Test func `what waits to be linked is linked by the last factor, not by the first`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            var browser = TestBrowser(api)
            let back = try await browser.signIn(at: provider)
            #expect(back.location == "\(TestAPI.origin)/login?error=account_exists")
            let first = try await browser.post("/auth/login", TestAPI.credentials())
            let token = try #require(first["mfa_token"] as? String)
            #expect(browser.cookies["plinth_link"] != nil)
            var early = TestBrowser(api)
            let refused = try await early.signIn(at: provider)
            #expect(refused.location == "\(TestAPI.origin)/login?error=account_exists")
            let answer = try await browser.post(
                Self.verify, #"{"mfa_token":"\#(token)","code":"\#(app.code())"}"#)
            #expect(answer.status == 200)
            #expect(answer.setCookie("plinth_link")?.contains("Max-Age=0") == true)
            #expect(try await browser.get("/users/me/identities").data.count == 1)
        }
    }
}
