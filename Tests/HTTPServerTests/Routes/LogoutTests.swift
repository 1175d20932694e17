import HTTPTypes
import Testing

@testable import HTTPServer

struct LogoutTests {
    private static let path = "/api/v1/auth/logout"

    @Test(
        arguments: [
            (nil, [401, 200, 200]), ("local", [401, 200, 200]), ("others", [200, 401, 401]),
            ("global", [401, 401, 401]),
        ] as [(String?, [Int])])
    func `a sign-out reaches as far as it says, at once`(scope: String?, statuses: [Int]) async throws {
        try await TestAPI.run { api async throws in
            let asking = try await api.register().access
            let others = [try await api.login().access, try await api.login().access]
            let stranger = try await api.register("bob@example.com").access
            let query = scope.map { "?scope=\($0)" } ?? ""
            let answer = try await api.send(.post, Self.path + query, headers: TestAPI.bearer(asking))
            #expect(answer.status == 204)
            #expect(answer.body.isEmpty)
            var after: [Int] = []
            for token in [asking] + others {
                after.append(try await api.me(token).status)
                let cookie: HTTPFields = [.cookie: "plinth_access=\(token)"]
                #expect(try await api.send(.get, "/api/v1/users/me", headers: cookie).status == after.last)
            }
            #expect(after == statuses)
            #expect(try await api.me(stranger).status == 200)
        }
    }

    @Test func `who signs out here loses cookies and site data, who signs out elsewhere keeps them`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            let others = try await api.send(
                .post, "\(Self.path)?scope=others", headers: TestAPI.bearer(try await api.login().access))
            #expect(others.cookies.isEmpty)
            #expect(others.headers[.clearSiteData] == nil)
            for scope in ["local", "global"] {
                let answer = try await api.send(
                    .post, "\(Self.path)?scope=\(scope)", headers: TestAPI.bearer(try await api.login().access))
                #expect(answer.cookies == ["plinth_access": "", "plinth_refresh": ""])
                #expect(answer.headers[values: .setCookie].allSatisfy { $0.contains("; Max-Age=0;") })
                #expect(answer.headers[.clearSiteData] == #""cache", "storage""#)
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test func `a scope that there is not is refused, and nothing ends`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            for query in ["scope=all", "scope=", "scope=local&scope=global"] {
                let answer = try await api.send(.post, "\(Self.path)?\(query)", headers: TestAPI.bearer(token))
                #expect(answer.status == 422, "\(query)")
                #expect(answer.pointers == ["/scope"], "\(query): \(answer.text)")
            }
            #expect(try await api.me(token).status == 200)
        }
    }

    @Test func `a browser whose access token has run out signs out by its refresh cookie, from a page of ours`()
        async throws
    {
        try await TestAPI.run { api async throws in
            let session = try await api.register()
            let cookie: HTTPFields = [.cookie: "plinth_refresh=\(session.refresh)"]
            #expect(try await api.send(.post, Self.path, headers: cookie).code == "csrf_failed")
            let ours = cookie.merging([.origin: TestAPI.origin])
            #expect(try await api.send(.post, "\(Self.path)?scope=global", headers: ours).status == 401)
            #expect(try await api.me(session.access).status == 200)
            let answer = try await api.send(.post, Self.path, headers: ours)
            #expect(answer.status == 204)
            #expect(answer.cookies == ["plinth_access": "", "plinth_refresh": ""])
            #expect(try await api.me(session.access).code == "session_revoked")
            #expect(try await api.refresh(session.refresh).status == 401)
            #expect(try await api.send(.post, Self.path).code == "unauthenticated")
        }
    }

    @Test func `by cookie it takes a page of ours`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let cookie: HTTPFields = [.cookie: "plinth_access=\(token)"]
            #expect(try await api.send(.post, Self.path, headers: cookie).code == "csrf_failed")
            #expect(
                try await api.send(.post, Self.path, headers: cookie.merging([.origin: TestAPI.origin])).status == 204)
        }
    }
}
