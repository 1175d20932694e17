import HTTPTypes
import Testing

@testable import HTTPServer

struct AuthRoutesTests {
    @Test func `registering without verification signs in, in body and cookies`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            #expect(answer.status == 201)
            #expect(answer.headers[.location] == "/api/v1/users/me")
            #expect(answer["access_token"] as? String == answer.cookies["plinth_access"])
            #expect(answer["refresh_token"] as? String == answer.cookies["plinth_refresh"])
            #expect(answer.headers[values: .setCookie].allSatisfy { $0.contains("; HttpOnly; SameSite=Lax") })
            let again = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            #expect(again.status == 409)
            #expect(again.code == "email_taken")
        }
    }

    @Test func `a browser gets its tokens in cookies only`() async throws {
        try await TestAPI.run { api async throws in
            let headers: HTTPFields = [.secFetchSite: "same-origin"]
            let answer = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration(), headers: headers)
            #expect(answer.status == 201)
            #expect(answer.text.contains(#""access_token":null,"refresh_token":null"#))
            #expect(answer.cookies["plinth_access"]?.isEmpty == false)
        }
    }

    @Test func `with verification a taken address answers as a free one`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            let free = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            let taken = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            #expect(free.status == 202)
            #expect(taken.status == 202)
            #expect(free.body == taken.body)
            let (names, takenNames) = (free.headers.map(\.name.canonicalName), taken.headers.map(\.name.canonicalName))
            #expect(names == takenNames)
            let login = try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials())
            #expect(login.code == "email_not_verified")
        }
    }

    @Test func `the mailed link verifies once`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            let link = try #require(try await api.links().first)
            let token = try #require(link.split(separator: "=").last)
            let proof = #"{"token":"\#(token)"}"#
            #expect(try await api.send(.post, "/api/v1/auth/email/verify", proof).status == 200)
            let login = try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials())
            #expect(login.status == 200)
            #expect(try await api.send(.post, "/api/v1/auth/email/verify", proof).code == "invalid_token")
            let wrong = try await api.send(.post, "/api/v1/auth/email/verify", #"{"token":"nonsense"}"#)
            #expect(wrong.status == 400)
            #expect(wrong.code == "invalid_token")
        }
    }

    @Test func `wrong pairs answer alike and are throttled`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            let wrong = try await api.send(
                .post, "/api/v1/auth/login", TestAPI.credentials(password: "wrong horse battery"))
            let unknown = try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials("bob@example.com"))
            #expect(wrong.status == 401)
            #expect(unknown.status == 401)
            #expect(wrong.code == "invalid_credentials")
            #expect(unknown.code == "invalid_credentials")
            #expect(wrong.headers[.wwwAuthenticate] != nil)
            var last = wrong
            for _ in 0..<10 {
                last = try await api.send(
                    .post, "/api/v1/auth/login", TestAPI.credentials(password: "wrong horse battery"))
            }
            #expect(last.status == 429)
            #expect(last.code == "rate_limited")
            #expect(last.headers[.retryAfter] == "60")
        }
    }

    @Test func `a refresh token is exchanged once and its reuse ends the session`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            func refresh(_ token: String) async throws -> TestAnswer {
                try await api.send(.post, "/api/v1/auth/refresh", #"{"refresh_token":"\#(token)"}"#)
            }
            let second = try await refresh(tokens.refresh)
            #expect(second.status == 200)
            let repeated = try await refresh(tokens.refresh)
            #expect(repeated["refresh_token"] as? String == second["refresh_token"] as? String)
            let third = try await refresh(try #require(second["refresh_token"] as? String))
            #expect(third.status == 200)
            let reused = try await refresh(tokens.refresh)
            #expect(reused.status == 401)
            #expect(reused.code == "refresh_reused")
            let dead = try await api.me(try #require(third["access_token"] as? String))
            #expect(dead.code == "session_revoked")
            let nonsense = try await refresh("plr_nonsense")
            #expect(nonsense.code == "refresh_invalid")
        }
    }

    @Test func `a refresh by cookie must come from our own pages`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let cookie: HTTPFields = [.cookie: "plinth_refresh=\(tokens.refresh)"]
            let foreign = try await api.send(.post, "/api/v1/auth/refresh", headers: cookie)
            #expect(foreign.status == 403)
            #expect(foreign.code == "csrf_failed")
            let own = try await api.send(
                .post, "/api/v1/auth/refresh", headers: cookie.merging([.secFetchSite: "same-origin"]))
            #expect(own.status == 200)
        }
    }

    @Test func `signing out ends the session at once and clears the cookies`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let answer = try await api.send(.post, "/api/v1/auth/logout", headers: TestAPI.bearer(tokens.access))
            #expect(answer.status == 204)
            #expect(answer.cookies["plinth_access"] == "")
            #expect(answer.cookies["plinth_refresh"] == "")
            let after = try await api.me(tokens.access)
            #expect(after.status == 401)
            #expect(after.code == "session_revoked")
        }
    }

    @Test func `every wrong field is told at once`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(
                .post, "/api/v1/auth/register",
                #"{"email":"nonsense","password":"correct horse battery","first_name":"a\u0000b","last_name":7}"#)
            #expect(answer.status == 422)
            #expect(Set(answer.pointers) == ["/email", "/first_name", "/last_name"])
            let weak = try await api.send(
                .post, "/api/v1/auth/register",
                #"{"email":"ada@example.com","password":"password1234","first_name":"A","last_name":"B"}"#)
            #expect(weak.status == 422)
            #expect(weak.pointers == ["/password"])
        }
    }

    @Test(arguments: [
        ("{", "application/json", 400), ("[]", "application/json", 422), ("{}", "text/plain", 415),
        (String(repeating: "[", count: 40), "application/json", 400),
        (#"{"email":""# + String(repeating: "x", count: 17_000) + #""}"#, "application/json", 413),
    ])
    func `bodies that can't be read are refused`(body: String, type: String, status: Int) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, "/api/v1/auth/login", body, headers: [.contentType: type])
            #expect(answer.status == status)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }
}
