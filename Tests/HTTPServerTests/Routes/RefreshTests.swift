import HTTPTypes
import Testing

@testable import HTTPServer

struct RefreshTests {
    private static let path = "/api/v1/auth/refresh"
    private static let own: HTTPFields = [.secFetchSite: "same-origin"]

    @Test func `the cookie is exchanged for new cookies, with no body, an empty one or an empty object`() async throws {
        try await TestAPI.run { api async throws in
            var token = try await api.register().refresh
            for body in [nil, "", "{}", #"{"refresh_token":null}"#] as [String?] {
                let answer = try await api.send(
                    .post, Self.path, body, headers: Self.own.merging([.cookie: "plinth_refresh=\(token)"]))
                #expect(answer.status == 200, "\(body ?? "no body"): \(answer.text)")
                #expect(answer.text == #"{"access_token":null,"refresh_token":null,"expires_in":300}"#)
                #expect(answer.headers[.cacheControl] == "no-store")
                let next = try #require(answer.cookies["plinth_refresh"])
                #expect(next != token)
                let access = try #require(answer.cookies["plinth_access"])
                #expect(try await api.me(access).status == 200)
                token = next
            }
        }
    }

    @Test func `a token in the body outranks the cookie and needs no page of ours`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let answer = try await api.send(
                .post, Self.path, #"{"refresh_token":"\#(tokens.refresh)"}"#,
                headers: [.cookie: "plinth_refresh=nonsense", .origin: "https://evil.example"])
            #expect(answer.status == 200)
            #expect(answer["refresh_token"] as? String == answer.cookies["plinth_refresh"])
        }
    }

    @Test func `without any token there is nothing to exchange`() async throws {
        try await TestAPI.run { api async throws in
            for headers in [[:], [.cookie: "plinth_refresh="]] as [HTTPFields] {
                let answer = try await api.send(.post, Self.path, headers: headers)
                #expect(answer.status == 401)
                #expect(answer.code == "refresh_invalid")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test(arguments: ["", "plinth_access", "plinth_refresh", "plr_", "plr_AAAA"])
    func `what is no refresh token harms nobody`(text: String) async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let answer = try await api.refresh(text)
            #expect(answer.status == (text.isEmpty ? 422 : 401))
            #expect(answer.code == (text.isEmpty ? "validation_failed" : "refresh_invalid"))
            #expect(try await api.refresh(tokens.refresh).status == 200)
        }
    }

    @Test func `after seven days without use, or a sign-out, the answer says which`() async throws {
        try await TestAPI.run { api async throws in
            let idle = try await api.register()
            let signedOut = try await api.login()
            _ = try await api.send(.post, "/api/v1/auth/logout", headers: TestAPI.bearer(signedOut.access))
            #expect(try await api.refresh(signedOut.refresh).code == "session_revoked")
            api.pass(seconds: 7 * 86_400)
            let answer = try await api.refresh(idle.refresh)
            #expect(answer.status == 401)
            #expect(answer.code == "session_expired")
        }
    }

    @Test func `reuse ends the session, by cookie as well, and the person is told by mail`() async throws {
        try await TestAPI.run { api async throws in
            let first = try await api.register()
            func exchange(_ token: String) async throws -> TestAnswer {
                try await api.send(
                    .post, Self.path, headers: Self.own.merging([.cookie: "plinth_refresh=\(token)"]))
            }
            let second = try #require(try await exchange(first.refresh).cookies["plinth_refresh"])
            let third = try await exchange(second)
            let reused = try await exchange(first.refresh)
            #expect(reused.status == 401)
            #expect(reused.code == "refresh_reused")
            let latest = try #require(third.cookies["plinth_refresh"])
            #expect(try await exchange(latest).code == "session_revoked")
            let access = try #require(third.cookies["plinth_access"])
            let cookie: HTTPFields = [.cookie: "plinth_access=\(access)"]
            #expect(try await api.send(.get, "/api/v1/users/me", headers: cookie).code == "session_revoked")
            #expect(try await api.mails().map { $0["kind"] as? String } == ["refresh_token_reused"])
        }
    }

    @Test func `the same refresh cookie twice is refused wherever it comes`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            let twice: HTTPFields = [.cookie: "plinth_refresh=\(tokens.refresh); plinth_refresh=x"]
            for answer in [
                try await api.send(.post, Self.path, headers: Self.own.merging(twice)),
                try await api.send(.get, "/api/v1/users/me", headers: twice.merging(TestAPI.bearer(tokens.access))),
                try await api.send(.get, "/health/live", headers: twice),
            ] {
                #expect(answer.status == 400)
                #expect(answer.code == "malformed_request")
            }
            let inTwoFields: HTTPFields = HTTPFields(named: [
                ("Cookie", "plinth_refresh=\(tokens.refresh)"), ("Cookie", "plinth_refresh=\(tokens.refresh)"),
            ])
            #expect(try await api.send(.post, Self.path, headers: Self.own.merging(inTwoFields)).status == 400)
            #expect(try await api.refresh(tokens.refresh).status == 200)
        }
    }
}
