import HTTPTypes
import Testing

@testable import HTTPServer

struct SessionRoutesTests {
    private static let path = "/api/v1/users/me/sessions"

    @Test func `pages follow one another without gap or repetition, latest first`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            for _ in 0..<4 {
                api.pass(seconds: 1)
                _ = try await api.login()
            }
            api.pass(seconds: 1)
            let bearer = TestAPI.bearer(try await api.login().access)
            let all = try await api.send(.get, Self.path, headers: bearer)
            let times = all.data.compactMap { $0["created_at"] as? String }
            #expect(times.count == 6)
            #expect(times == times.sorted(by: >))
            #expect(all.text.hasSuffix(#""next_cursor":null}"#))
            var seen: [String] = []
            var query = "?limit=4"
            for expected in [4, 2] {
                let page = try await api.send(.get, Self.path + query, headers: bearer)
                #expect(page.data.count == expected)
                seen += page.data.compactMap { $0["id"] as? String }
                query = "?limit=4&cursor=\(page["next_cursor"] as? String ?? "none")"
            }
            #expect(query == "?limit=4&cursor=none")
            #expect(seen == all.data.compactMap { $0["id"] as? String })
            #expect(all.data.map { $0["current"] as? Bool } == [true, false, false, false, false, false])
        }
    }

    @Test(arguments: [
        ("limit=0", 422, "/limit"), ("limit=101", 422, "/limit"), ("limit=-1", 422, "/limit"),
        ("limit=1.5", 422, "/limit"), ("limit=x", 422, "/limit"), ("limit=", 422, "/limit"),
        ("limit=99999999999999999999", 422, "/limit"), ("limit=%00", 422, "/limit"), ("limit=1&limit=2", 422, "/limit"),
        ("cursor=x", 400, "/cursor"), ("cursor=null", 400, "/cursor"),
        ("cursor=AAZJrLP7QAABmMXwa158Op0uWhs8TV5", 400, "/cursor"), ("cursor=", 400, "/cursor"),
        ("cursor=%00", 400, "/cursor"), ("cursor=\(String(repeating: "A", count: 3000))", 400, "/cursor"),
    ])
    func `a page that there can't be is refused`(query: String, status: Int, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let bearer = TestAPI.bearer(try await api.register().access)
            let answer = try await api.send(.get, "\(Self.path)?\(query)", headers: bearer)
            #expect(answer.status == status)
            #expect(answer.code == (status == 400 ? "invalid_cursor" : "validation_failed"))
            #expect(answer.pointers == [pointer], "\(answer.text)")
        }
    }

    @Test func `what a query has besides is ignored`() async throws {
        try await TestAPI.run { api async throws in
            let bearer = TestAPI.bearer(try await api.register().access)
            for query in ["", "&&&", "=", "x", "limit%3D1", "x=%zz&limit=1", "?limit=1", "limit=1#limit=x"] {
                #expect(try await api.send(.get, "\(Self.path)?\(query)", headers: bearer).status == 200, "\(query)")
            }
        }
    }

    @Test func `a session that is ended is dead at once, by bearer token, cookie and refresh token`() async throws {
        try await TestAPI.run { api async throws in
            let victim = try await api.register()
            api.pass(seconds: 1)
            let bearer = TestAPI.bearer(try await api.login().access)
            let list = try await api.send(.get, Self.path, headers: bearer).data
            let id = try #require(list.first { $0["current"] as? Bool == false }?["id"] as? String)
            #expect(try await api.me(victim.access).status == 200)
            let ended = try await api.send(.delete, "\(Self.path)/\(id)", headers: bearer)
            #expect(ended.status == 204)
            #expect(ended.headers[.setCookie] == nil)
            let cookie: HTTPFields = [.cookie: "plinth_access=\(victim.access)"]
            let after = try await api.send(.get, "/api/v1/users/me", headers: cookie)
            #expect(after.status == 401)
            #expect(after.code == "session_revoked")
            #expect(try await api.me(victim.access).code == "session_revoked")
            #expect(try await api.refresh(victim.refresh).code == "session_revoked")
            #expect(try await api.send(.get, Self.path, headers: bearer).data.count == 1)
        }
    }

    @Test func `all others end together, and the own lives`() async throws {
        try await TestAPI.run { api async throws in
            let others = [try await api.register().access, try await api.login().access]
            let stranger = try await api.register("bob@example.com").access
            let own = try await api.login().access
            #expect(try await api.send(.delete, Self.path, headers: TestAPI.bearer(own)).status == 204)
            for token in others { #expect(try await api.me(token).code == "session_revoked") }
            #expect(try await api.me(own).status == 200)
            #expect(try await api.me(stranger).status == 200)
        }
    }

    @Test(arguments: [
        "x", "01a20b1a-905b-7750-ade0-9cb23f43b7f4", "01A20B1A-905B-7750-ADE0-9CB23F43B7F4", "%00", "..", "%2e%2e",
        "01a20b1a-905b-7750-ade0-9cb23f43b7f4%00", "*", "{id}", "'%20or%201=1",
    ])
    func `an id of no session of the person's is not found`(id: String) async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let answer = try await api.send(.delete, "\(Self.path)/\(id)", headers: TestAPI.bearer(token))
            #expect(answer.status == 404)
            #expect(answer.code == "not_found")
            #expect(try await api.me(token).status == 200)
        }
    }
}
