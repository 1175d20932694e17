import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

struct ImpersonationRoutesTests {
    private static let reason = #"{"reason":"Ticket 4711"}"#
    private static let end = "/api/v1/admin/impersonation"

    @Test func `an administrator acts in somebody's name, and a page can say so`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator()
            _ = try await api.registerProven()
            let (ada, administrator) = (try await api.id(), try await api.id("root@example.com"))
            let begun = try await api.post("/admin/users/\(ada)/impersonate", Self.reason, as: root.access)
            #expect(begun.status == 200)
            #expect(begun.headers[.cacheControl] == "no-store")
            #expect(begun["expires_in"] as? Int == 300)
            #expect((begun["user"] as? [String: Any])?["email"] as? String == "ada@example.com")
            let banner = try #require(begun["impersonation"] as? [String: String])
            #expect(
                banner == [
                    "user_id": ada.description, "user_email": "ada@example.com",
                    "impersonator_id": administrator.description, "impersonator_email": "root@example.com",
                    "expires_at": (api.time.now + .hours(1)).description,
                ])
            let acting = try TestAPI.tokens(of: begun)
            #expect(try await api.me(acting.access)["email"] as? String == "ada@example.com")
            #expect(try await api.renew(acting).access.isEmpty == false)
            let row = try #require(try await api.audit().first { $0.action == "user.impersonated" })
            #expect((row.actorID, row.personal) == (administrator, ["reason": "Ticket 4711"]))

            let ended = try await api.send(.delete, Self.end, headers: TestAPI.bearer(acting.access))
            #expect(ended.status == 204 && ended.headers[.setCookie] == nil)
            #expect(try await api.me(acting.access).code == "session_revoked")
            #expect(try await api.me(root.access).status == 200)
            let last = try #require(try await api.audit().first { $0.action == "session.revoked" })
            #expect((last.actorID, last.impersonatorID) == (ada, administrator))
        }
    }

    @Test func `whoever acts as nobody else has nothing to end`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator()
            let answer = try await api.send(.delete, Self.end, headers: TestAPI.bearer(root.access))
            #expect(answer.code == "not_found")
            #expect(try await api.me(root.access).status == 200)
        }
    }

    @Test func `nobody acts as an administrator, or in an account that is closed`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator()
            _ = try await api.administrator("other@example.com")
            _ = try await api.register()
            try await api.suspend()
            let other = try await api.id("other@example.com")
            let answer = try await api.post("/admin/users/\(other)/impersonate", Self.reason, as: root.access)
            #expect(answer.code == "forbidden")
            let closed = try await api.post("/admin/users/\(api.id())/impersonate", Self.reason, as: root.access)
            #expect(closed.code == "account_suspended")
        }
    }

    @Test func `a browser keeps the own session apart, and has it again at the end`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            var browser = TestBrowser(api)
            _ = try await browser.post("/auth/register", TestAPI.registration("root@example.com"))
            try await api.change("root@example.com") { ($0.isSuperuser, $0.hasSecondFactor) = (true, true) }
            let own = try #require(browser.cookies["plinth_refresh"])
            let begun = try await browser.post("/admin/users/\(api.id())/impersonate", Self.reason)
            #expect(begun["access_token"] is String == false && begun["refresh_token"] is String == false)
            #expect(begun["impersonation"] is [String: String])
            #expect(browser.cookies["plinth_own_refresh"] == own)
            #expect(browser.cookies["plinth_refresh"] != own)
            #expect(begun.setCookie("plinth_own_refresh")?.contains("; HttpOnly; SameSite=Lax") == true)
            #expect(try await browser.get("/users/me")["email"] as? String == "ada@example.com")
            #expect(try await browser.post("/auth/refresh").status == 200)

            let ended = try await browser.delete("/admin/impersonation")
            #expect(ended.status == 204)
            #expect(browser.cookies["plinth_access"] == nil && browser.cookies["plinth_own_refresh"] == nil)
            #expect(browser.cookies["plinth_refresh"] == own)
            #expect(try await browser.post("/auth/refresh").status == 200)
            #expect(try await browser.get("/users/me")["email"] as? String == "root@example.com")
        }
    }

    @Test func `a browser that kept nothing is signed out at the end`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            var browser = TestBrowser(api)
            _ = try await browser.post("/auth/register", TestAPI.registration("root@example.com"))
            try await api.change("root@example.com") { ($0.isSuperuser, $0.hasSecondFactor) = (true, true) }
            _ = try await browser.post("/admin/users/\(api.id())/impersonate", Self.reason)
            browser.set("plinth_own_refresh", to: nil)
            #expect(try await browser.send(.delete, Self.end, from: "cross-site").code == "csrf_failed")
            #expect(try await browser.delete("/admin/impersonation").status == 204)
            #expect(browser.cookies["plinth_access"] == nil && browser.cookies["plinth_refresh"] == nil)
        }
    }
}
