import API
import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// Who may administer. Whatever is asked, nothing is told or done otherwise.
struct AdminAccessTests {
    private static let reason = #"{"reason":"A test"}"#

    /// All that wants an administrator, upon Ada.
    private static let requests: [(method: HTTPRequest.Method, path: String, body: String?)] = [
        (.get, "/admin/users", nil), (.get, "/admin/users/ADA", nil), (.get, "/admin/users/ADA/sessions", nil),
        (.get, "/admin/audit-log", nil), (.get, "/admin/stats", nil), (.get, "/admin/jobs", nil),
        (.post, "/admin/users", #"{"email":"new@example.com","first_name":"N","last_name":"N"}"#),
        (.patch, "/admin/users/ADA", #"{"is_superuser":true}"#), (.delete, "/admin/users/ADA", nil),
        (.post, "/admin/users/ADA/suspend", reason), (.post, "/admin/users/ADA/unsuspend", reason),
        (.delete, "/admin/users/ADA/sessions", nil), (.delete, "/admin/users/ADA/mfa", reason),
        (.post, "/admin/users/ADA/impersonate", reason), (.post, "/admin/jobs/JOB/retry", nil),
        (.delete, "/admin/jobs/JOB", nil),
        (.get, "/admin/teams", nil), (.get, "/admin/teams/TEAM", nil),
        (.get, "/admin/flags", nil), (.get, "/admin/flags/a-flag", nil), (.put, "/admin/flags/a-flag", "{}"),
        (.delete, "/admin/flags/a-flag", nil),
    ]
    private static let someID = "01a20b1a-905b-7750-ade0-9cb23f43b7f4"

    /// Makes what requests are about beside Ada.
    private func prepare(_ api: TestAPI) async throws {
        let (store, now) = (api.database.scoped(.system), api.time.now)
        try await store.teams.insert(
            Team(
                id: try #require(ID(Self.someID)), name: TeamName(stored: "A"), slug: TeamSlug(stored: "aa"),
                ownerID: try await api.id(), createdAt: now, updatedAt: now))
        _ = try await store.flags.save(FeatureFlag(key: FlagKey(stored: "a-flag"), createdAt: now, updatedAt: now))
    }

    private func codes(
        _ api: TestAPI, as headers: HTTPFields, of requests: [(method: HTTPRequest.Method, path: String, body: String?)]
    ) async throws -> Set<String> {
        var codes: Set<String> = []
        for (method, path, body) in requests {
            let path = path.replacing("ADA", with: try await api.id().description)
                .replacing("JOB", with: Self.someID).replacing("TEAM", with: Self.someID)
            let answer = try await api.send(method, "/api/v1\(path)", body, headers: headers)
            codes.insert(answer.code ?? "\(answer.status)")
            #expect(answer.status == 200 || answer.headers[.setCookie] == nil)
        }
        return codes
    }

    @Test func `the table of this suite is complete`() throws {
        let wanted = APIDescription.endpoints.map(\.traits).filter { $0.authentication == .superuser }
            .map { "\($0.method.rawValue) \($0.path)" }
        let asked = Self.requests.map { request in
            let path = request.path.replacing("ADA", with: "{id}").replacing("JOB", with: "{id}")
                .replacing("TEAM", with: "{team}").replacing("a-flag", with: "{key}")
            return "\(request.method.rawValue) /api/v1\(path)"
        }
        #expect(Set(wanted) == Set(asked))
    }

    @Test func `nobody administers without the right, a second factor, a session, and for changes a fresh one`()
        async throws
    {
        try await TestAPI.run { api async throws in
            let ada = try await api.registerProven()
            let root = try await api.administrator()
            try await prepare(api)
            let before = try await api.database.scoped(.system).users.find(api.id())
            #expect(try await codes(api, as: [:], of: Self.requests) == ["unauthenticated"])
            #expect(try await codes(api, as: TestAPI.bearer(ada.access), of: Self.requests) == ["forbidden"])

            let made = try await api.createAPIKey(scopes: Permission.allCases.map(\.rawValue), as: root.access)
            let key = TestAPI.bearer(try #require(made["secret"] as? String))
            #expect(try await codes(api, as: key, of: Self.requests) == ["forbidden"])

            let acting = try await api.post(
                "/admin/users/\(api.id())/impersonate", Self.reason, as: root.access)
            let acted = TestAPI.bearer(try TestAPI.tokens(of: acting).access)
            #expect(try await codes(api, as: acted, of: Self.requests) == ["impersonating"])

            let stale = try await api.stale(root)
            let reading = Self.requests.filter { $0.method == .get }
            #expect(try await codes(api, as: TestAPI.bearer(stale.access), of: reading) == ["200"])
            let changing = Self.requests.filter { $0.method != .get }
            #expect(
                try await codes(api, as: TestAPI.bearer(stale.access), of: changing) == ["reauthentication_required"])

            try await api.change("root@example.com") { $0.hasSecondFactor = false }
            #expect(
                try await codes(api, as: TestAPI.bearer(stale.access), of: Self.requests) == ["second_factor_required"])
            #expect(try await api.database.scoped(.system).users.find(api.id()) == before)
            #expect(try await api.database.scoped(.system).users.find(emailKey: "new@example.com") == nil)
            #expect(try await api.database.scoped(.system).flags.revision() == 1)
        }
    }

    @Test func `whoever is not there is not found`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            for absent in [Self.someID, "x"] {
                for (method, path, body) in Self.requests where path.contains("ADA") {
                    let path = path.replacing("ADA", with: absent)
                    let answer = try await api.send(method, "/api/v1\(path)", body, headers: root)
                    #expect(answer.code == "not_found", "\(method) \(path)")
                }
            }
        }
    }

    @Test func `nobody does it to themselves, but looks`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            let id = try await api.id("root@example.com").description
            for (method, path, body) in Self.requests where path.contains("ADA") {
                let path = path.replacing("ADA", with: id)
                let answer = try await api.send(method, "/api/v1\(path)", body, headers: root)
                #expect(answer.code == (method == .get ? nil : "forbidden"), "\(method) \(path)")
            }
        }
    }

    @Test func `a page of another site administers nothing by the cookies of a browser`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            var browser = TestBrowser(api)
            _ = try await browser.post("/auth/register", TestAPI.registration("root@example.com"))
            try await api.change("root@example.com") { ($0.isSuperuser, $0.hasSecondFactor) = (true, true) }
            let path = "/api/v1/admin/users/\(try await api.id())"
            let answer = try await browser.send(.post, "\(path)/suspend", Self.reason, from: "cross-site")
            #expect(answer.code == "csrf_failed")
            #expect(try await browser.send(.get, path)["suspended_at"] is String == false)
        }
    }
}
