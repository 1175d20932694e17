import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// The accounts at providers that a person signs in with.
struct IdentityRoutesTests {
    private static let path = "/users/me/identities"

    private func first(_ browser: inout TestBrowser) async throws -> String {
        let identities = try await browser.get(Self.path)
        #expect(identities.status == 200)
        return try #require(identities.data.first?["id"] as? String)
    }

    /// Links the account at the provider to that of ``TestAPI/register(_:)``.
    private func linked(_ api: TestAPI, _ provider: TestProvider) async throws -> TestBrowser {
        _ = try await api.registerProven()
        var browser = TestBrowser(api)
        _ = try await browser.signIn(at: provider)
        #expect(try await browser.post("/auth/login", TestAPI.credentials()).status == 200)
        return browser
    }

    @Test func `one that is unlinked signs nobody in, and may be linked again`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = try await linked(api, provider)
            let id = try await first(&browser)
            let removed = try await browser.delete("\(Self.path)/\(id)")
            #expect(removed.status == 204)
            #expect(try await browser.get(Self.path).data.isEmpty)
            #expect(try await browser.delete("\(Self.path)/\(id)").status == 404)
            var other = TestBrowser(api)
            let answer = try await other.signIn(at: provider)
            #expect(answer.location == "\(TestAPI.origin)/login?error=account_exists")
            #expect(try await other.post("/auth/login", TestAPI.credentials()).status == 200)
            #expect(try await other.get(Self.path).data.count == 1)
        }
    }

    @Test func `the last way to sign in can't be removed`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            _ = try await browser.signIn(at: provider)
            let id = try await first(&browser)
            let refused = try await browser.delete("\(Self.path)/\(id)")
            #expect(refused.status == 409)
            #expect(refused.code == "last_credential")
            #expect(try await browser.get(Self.path).data.count == 1)
            var again = TestBrowser(api)
            #expect(try await again.signIn(at: provider).setsSession)
            _ = try await api.passkey(as: try #require(browser.cookies["plinth_access"]))
            #expect(try await browser.delete("\(Self.path)/\(id)").status == 204)
        }
    }

    @Test func `a password is another way to sign in`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            _ = try await browser.signIn(at: provider)
            let id = try await first(&browser)
            let set = try await browser.send(
                .put, "/api/v1/users/me/password", #"{"new_password":"\#(TestAPI.otherPassword)"}"#)
            #expect(set.status == 204)
            #expect(try await browser.delete("\(Self.path)/\(id)").status == 204)
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
        }
    }

    @Test func `of the last two, removed at once, one stays`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            _ = try await browser.signIn(at: provider)
            let access = try #require(browser.cookies["plinth_access"])
            _ = try await api.passkey(as: access)
            let identity = try await first(&browser)
            let passkey = try #require(try await browser.get("/users/me/passkeys").data.first?["id"] as? String)
            async let one = api.send(.delete, "/api/v1\(Self.path)/\(identity)", headers: TestAPI.bearer(access))
            async let other = api.send(
                .delete, "/api/v1/users/me/passkeys/\(passkey)", headers: TestAPI.bearer(access))
            #expect(try await [one.status, other.status].sorted() == [204, 409])
        }
    }

    @Test func `unlinking takes a fresh session, listing does not`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = try await linked(api, provider)
            let id = try await first(&browser)
            api.pass(seconds: 900)
            #expect(try await browser.post("/auth/refresh", "{}").status == 200)
            let refused = try await browser.delete("\(Self.path)/\(id)")
            #expect(refused.status == 403)
            #expect(refused.code == "reauthentication_required")
            #expect(try await browser.get(Self.path).data.count == 1)
        }
    }

    @Test(arguments: ["x", "01a20b1a-905b-7750-ade0-9cb23f43b7f4", "%00"])
    func `what is none of the person's is not found`(id: String) async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = try await linked(api, provider)
            let own = try await first(&browser)
            let stranger = TestAPI.bearer(try await api.register("bob@example.com").access)
            for wrong in [id, own] {
                let answer = try await api.send(.delete, "/api/v1\(Self.path)/\(wrong)", headers: stranger)
                #expect(answer.status == 404)
                #expect(answer.code == "not_found")
            }
            #expect(try await api.send(.get, "/api/v1\(Self.path)", headers: stranger).data.isEmpty)
            #expect(try await browser.get(Self.path).data.count == 1)
        }
    }

    @Test func `foreign pages and strangers get nowhere`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = try await linked(api, provider)
            let id = try await first(&browser)
            #expect(try await api.send(.get, "/api/v1\(Self.path)").status == 401)
            #expect(try await api.send(.delete, "/api/v1\(Self.path)/\(id)").status == 401)
            let foreign = try await browser.send(.delete, "/api/v1\(Self.path)/\(id)", from: "cross-site")
            #expect(foreign.code == "csrf_failed")
        }
    }
}
