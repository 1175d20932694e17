import HTTPTypes
import Testing

@testable import HTTPServer

/// Access tokens that somebody made or changed, sent as programs and as browsers send them.
struct TokenAttackTests {
    private static let least = 60
    private static let path = "/api/v1/users/me"

    @Test func `every hostile token is answered by the same 401, as bearer token and as cookie`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let forger = try TokenForger(api, token)
            // Unchanged, what the forger makes is taken.
            #expect(try await api.me(try forger.text()).status == 200)
            let expected = try await api.me("nonsense")
            #expect(expected.status == 401)
            #expect(expected.code == "unauthenticated")
            #expect(expected.headers[.wwwAuthenticate] == #"Bearer error="invalid_token""#)
            #expect(expected.headers[values: .setCookie].isEmpty)
            let hostile = try HostileBearer.all(forger)
            #expect(hostile.count >= Self.least)
            for row in hostile {
                let bearer = try await api.me(row.text)
                #expect(bearer.comparable == expected.comparable, "\(row.name)")
                let cookie = try await api.send(.get, Self.path, headers: [.cookie: "plinth_access=\(row.text)"])
                #expect(cookie.comparable == expected.comparable, "\(row.name), as a cookie")
            }
            #expect(try await api.me(token).status == 200)
        }
    }

    @Test func `another spelling of a token that was just taken is refused`() async throws {
        try await TestAPI.run { api async throws in
            let forger = try TokenForger(api, try await api.register().access)
            var text = try forger.text()
            for _ in 0..<100 where !text.contains("K") { text = try forger.text() }
            try #require(text.contains("K"))
            #expect(try await api.me(text).status == 200)
            // Unicode takes the Kelvin sign for a K, and so do comparisons of texts.
            let other = text.replacing("K", with: "\u{212A}")
            #expect(try await api.me(other).status == 401)
            #expect(try await api.send(.get, Self.path, headers: [.cookie: "plinth_access=\(other)"]).status == 401)
        }
    }

    @Test func `an empty token is none`() async throws {
        try await TestAPI.run { api async throws in
            let cookie = try await api.send(.get, Self.path, headers: [.cookie: "plinth_access="])
            #expect(cookie.status == 401)
            #expect(cookie.code == "unauthenticated")
            #expect(try await api.me("").comparable == (try await api.me("nonsense")).comparable)
        }
    }
}
