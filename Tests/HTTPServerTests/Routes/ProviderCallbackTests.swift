import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// The way back from a provider.
struct ProviderCallbackTests {
    private typealias Person = TestProvider.Person

    @Test func `a new person has an account, and a session that works`() async throws {
        try await TestAPI.runWithProvider(configure: { $0.requiresVerifiedEmail = true }) {
            api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider(wanting: "/welcome")
            let back = try await provider.approve(url, as: Person(), at: api.time.now)
            let answer = try await browser.comeBack(by: back)
            #expect(answer.status == 302)
            #expect(answer.location == "\(TestAPI.origin)/welcome")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.body.isEmpty)
            for name in ["plinth_access", "plinth_refresh", "plinth_device"] {
                let cookie = try #require(answer.setCookie(name))
                #expect(cookie.contains("; Path=/; ") && cookie.hasSuffix("; HttpOnly; SameSite=Lax"))
            }
            #expect(answer.setCookie("plinth_provider")?.contains("Max-Age=0") == true)
            #expect(browser.cookies["plinth_provider"] == nil)
            let me = try await browser.get("/users/me")
            #expect(me.status == 200)
            #expect(me["email"] as? String == "ada@example.com")
            #expect(me["first_name"] as? String == "Ada")
            #expect(me["last_name"] as? String == "Lovelace")
            #expect(me["email_verified"] as? Bool == true)
            let refreshed = try await browser.post("/auth/refresh", "{}")
            #expect(refreshed.status == 200)
            #expect(try await browser.post("/auth/logout").status == 204)
            #expect(browser.cookies["plinth_access"] == nil)
            #expect(try await browser.get("/users/me").status == 401)
        }
    }

    @Test func `the same person comes back to the same account, whatever the address is by now`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var (first, second) = (TestBrowser(api), TestBrowser(api))
            _ = try await first.signIn(at: provider)
            let id = try await first.get("/users/me")["id"] as? String
            let moved = Person(email: "countess@example.org", isEmailVerified: false)
            #expect(try await second.signIn(at: provider, as: moved).setsSession)
            let me = try await second.get("/users/me")
            #expect(me["id"] as? String == id)
            #expect(me["email"] as? String == "ada@example.com")
            let identities = try await second.get("/users/me/identities").data
            #expect(identities.map { $0["email"] as? String } == ["countess@example.org"])
        }
    }

    @Test func `nothing secret is in an address that we send a browser to`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            _ = try await api.registerProven("bob@example.com")
            for person in [Person(), Person(subject: "2", email: "bob@example.com"), Person(isEmailVerified: false)] {
                var browser = TestBrowser(api)
                let url = try await browser.goToProvider(wanting: "/x")
                let back = try await provider.approve(url, as: person, at: api.time.now)
                let answer = try await browser.comeBack(by: back)
                let location = try #require(answer.location)
                let query = try TestProvider.query(of: back)
                var secrets = answer.cookies.values.filter { !$0.isEmpty }
                secrets += [try #require(query["code"]), try #require(query["state"])]
                secrets.append(try #require(await provider.verifiers.last))
                for secret in secrets { #expect(!location.contains(secret)) }
            }
        }
    }

    @Test func `another browser, or one that lost its cookie, gets nowhere`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var (own, other, none) = (TestBrowser(api), TestBrowser(api), TestBrowser(api))
            let url = try await own.goToProvider()
            _ = try await other.goToProvider()
            let back = try await provider.approve(url, as: Person(), at: api.time.now)
            TestBrowser.expectRefusal(try await none.comeBack(by: back), "challenge_expired")
            TestBrowser.expectRefusal(try await other.comeBack(by: back), "challenge_expired")
            none.set("plinth_provider", to: "x")
            TestBrowser.expectRefusal(try await none.comeBack(by: back), "challenge_expired")
            // Neither has spent the code: the provider was not asked.
            #expect(await provider.verifiers.isEmpty)
            #expect(try await own.comeBack(by: back).setsSession)
        }
    }

    @Test func `two cookies of one name are refused`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            let cookie = try #require(browser.cookies["plinth_provider"])
            let back = try await provider.approve(url, as: Person(), at: api.time.now)
            let answer = try await api.send(
                .get, back.replacing(TestAPI.origin, with: ""),
                headers: [.cookie: "plinth_provider=\(cookie); plinth_provider=\(cookie)"])
            #expect(answer.status == 400)
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test func `an answer works once`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            let kept = browser.cookies["plinth_provider"]
            let back = try await provider.approve(url, as: Person(), at: api.time.now)
            #expect(try await browser.comeBack(by: back).setsSession)
            TestBrowser.expectRefusal(try await browser.comeBack(by: back), "challenge_expired")
            // With the cookie and even with a new code for the same state.
            browser.set("plinth_provider", to: kept)
            TestBrowser.expectRefusal(try await browser.comeBack(by: back), "provider_refused")
            let again = try await provider.approve(url, as: Person(), at: api.time.now)
            browser.set("plinth_provider", to: kept)
            TestBrowser.expectRefusal(try await browser.comeBack(by: again), "challenge_expired")
        }
    }

    @Test(arguments: [(599, true), (600, false)])
    func `a person may take ten minutes`(seconds: Int, isInTime: Bool) async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            api.pass(seconds: seconds)
            let answer = try await browser.comeBack(
                by: try await provider.approve(url, as: Person(), at: api.time.now))
            #expect(answer.setsSession == isInTime)
            if !isInTime { TestBrowser.expectRefusal(answer, "challenge_expired") }
        }
    }

    @Test(arguments: ["", "?code=x", "?state=x&code=x", "?error=access_denied"])
    func `what belongs to no sign-in of ours gets nowhere`(query: String) async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            var browser = TestBrowser(api)
            _ = try await browser.goToProvider()
            TestBrowser.expectRefusal(try await browser.comeBack(by: TestBrowser.callback + query), "challenge_expired")
        }
    }

    @Test func `who does not agree is back at the sign-in`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            TestBrowser.expectRefusal(try await browser.comeBack(by: try await provider.decline(url)), "access_denied")
            #expect(await provider.verifiers.isEmpty)
        }
    }

    @Test func `many that bring one answer at once open one session`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            let back = try await provider.approve(url, as: Person(), at: api.time.now)
            let opened = try await withThrowingTaskGroup(of: Bool.self) { [browser] tasks in
                for _ in 0..<8 {
                    tasks.addTask {
                        var same = browser
                        return try await same.comeBack(by: back).setsSession
                    }
                }
                return try await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(opened == 1)
        }
    }
}
