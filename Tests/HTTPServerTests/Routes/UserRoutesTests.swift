import HTTPTypes
import Testing

@testable import HTTPServer

struct UserRoutesTests {
    @Test func `the own account is shown with a strong tag`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let answer = try await api.me(tokens.access)
            #expect(answer.status == 200)
            #expect(answer["email"] as? String == "ada@example.com")
            #expect(answer.headers[.cacheControl] == "private, no-cache")
            let tag = try #require(answer.headers[.eTag])
            let same = try await api.me(tokens.access, headers: [.ifNoneMatch: tag])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)
        }
    }

    @Test func `a change takes the tag that it was made from`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let tag = try #require(try await api.me(tokens.access).headers[.eTag])
            let headers = TestAPI.bearer(tokens.access).merging([.ifMatch: tag])
            let changed = try await api.send(
                .patch, "/api/v1/users/me", #"{"first_name":"Augusta"}"#, headers: headers)
            #expect(changed.status == 200)
            #expect(changed["first_name"] as? String == "Augusta")
            let stale = try await api.send(.patch, "/api/v1/users/me", #"{"first_name":"Ada"}"#, headers: headers)
            #expect(stale.status == 412)
            #expect(stale.code == "precondition_failed")
        }
    }

    @Test func `sessions are listed in pages and ended one by one`() async throws {
        try await TestAPI.run { api async throws in
            let first = try await api.register()
            api.pass(seconds: 1)
            let second = try await api.login()
            let bearer = TestAPI.bearer(second.access)
            let page = try await api.send(.get, "/api/v1/users/me/sessions?limit=1", headers: bearer)
            let cursor = try #require(page["next_cursor"] as? String)
            let rest = try await api.send(.get, "/api/v1/users/me/sessions?cursor=\(cursor)", headers: bearer)
            let other = try #require((rest["data"] as? [[String: Any]])?.first)
            #expect(other["current"] as? Bool == false)
            let id = try #require(other["id"] as? String)
            #expect(try await api.send(.delete, "/api/v1/users/me/sessions/\(id)", headers: bearer).status == 204)
            #expect(try await api.me(first.access).code == "session_revoked")
            #expect(try await api.send(.delete, "/api/v1/users/me/sessions/\(id)", headers: bearer).status == 404)
            let bad = try await api.send(.get, "/api/v1/users/me/sessions?cursor=x&limit=0", headers: bearer)
            #expect(bad.code == "invalid_cursor")
            #expect(
                try await api.send(.get, "/api/v1/users/me/sessions?limit=101", headers: bearer).status == 422)
        }
    }

    @Test func `nobody ends another's session`() async throws {
        try await TestAPI.run { api async throws in
            let ada = try await api.register()
            let bob = try await api.register("bob@example.com")
            let list = try await api.send(.get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(ada.access))
            let id = try #require((list["data"] as? [[String: Any]])?.first?["id"] as? String)
            let answer = try await api.send(
                .delete, "/api/v1/users/me/sessions/\(id)", headers: TestAPI.bearer(bob.access))
            #expect(answer.status == 404)
            #expect(try await api.me(ada.access).status == 200)
        }
    }

    @Test func `an access token ends after five minutes`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            api.pass(seconds: 299)
            #expect(try await api.me(tokens.access).status == 200)
            api.pass(seconds: 2)
            let expired = try await api.me(tokens.access)
            #expect(expired.code == "unauthenticated")
            #expect(expired.headers[.wwwAuthenticate] == #"Bearer error="invalid_token""#)
        }
    }

    @Test func `a cookie signs in, twice the same is refused, another white space is none`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            func me(_ cookie: String) async throws -> Int {
                try await api.send(.get, "/api/v1/users/me", headers: [.cookie: cookie]).status
            }
            #expect(try await me("a=b; plinth_access=\(token)") == 200)
            #expect(try await me("plinth_access=\(token); plinth_access=\(token)") == 400)
            #expect(try await me("\u{2000}plinth_access=\(token)") == 401)
            #expect(try await me("plinth_access=") == 401)
        }
    }

    @Test(arguments: [
        (["Sec-Fetch-Site": "same-origin"], 200), (["Sec-Fetch-Site": "cross-site"], 403),
        (["Origin": "http://localhost:8080"], 200), (["Origin": "https://app.example.com"], 200),
        (["Origin": "https://evil.example"], 403), (["Origin": "null"], 403), ([:], 403),
        (["Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8080"], 200),
    ])
    func `an unsafe request by cookie must come from an own page`(headers: [String: String], status: Int) async throws {
        try await TestAPI.run(origins: ["https://app.example.com"]) { api async throws in
            let token = try await api.register().access
            var fields: HTTPFields = [.cookie: "plinth_access=\(token)"]
            for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
            let answer = try await api.send(.patch, "/api/v1/users/me", #"{"locale":"fr"}"#, headers: fields)
            #expect(answer.status == status)
            if status == 403 { #expect(answer.code == "csrf_failed") }
        }
    }
}
