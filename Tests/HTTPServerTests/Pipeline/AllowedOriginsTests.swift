import HTTPTypes
import Testing

@testable import HTTPServer

struct AllowedOriginsTests {
    private static let listed = "https://app.example.com"
    private static let names: [HTTPField.Name] = [
        .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods,
        .accessControlAllowHeaders, .accessControlMaxAge, .accessControlExposeHeaders,
    ]

    @Test(arguments: [
        "https://evil.example", "null", "*", "", "https://app.example.com/", "https://app.example.com:443",
        "http://app.example.com", "https://APP.example.com", "https://app.example.com.evil.example",
        "https://xapp.example.com", "https://app.example.com, https://app.example.com", TestAPI.origin,
    ])
    func `an origin that is not exactly on the list learns nothing`(origin: String) async throws {
        try await TestAPI.run(origins: [Self.listed]) { api async throws in
            let preflight = HTTPFields(named: [("Origin", origin), ("Access-Control-Request-Method", "GET")])
            for answer in [
                try await api.send(.get, "/api/v1/auth/settings", headers: [.origin: origin]),
                try await api.send(.get, "/nothing", headers: [.origin: origin]),
                try await api.send(.options, "/api/v1/users/me", headers: preflight),
            ] {
                for name in Self.names { #expect(answer.headers[name] == nil, "\(name)") }
                #expect(answer.headers[values: .vary].contains("Origin"))
            }
        }
    }

    @Test func `an origin on the list may call, and reads errors as well`() async throws {
        try await TestAPI.run(origins: ["https://other.example.com", Self.listed]) { api async throws in
            for (path, status) in [("/api/v1/auth/settings", 200), ("/nothing", 404), ("/api/v1/users/me", 401)] {
                let answer = try await api.send(.get, path, headers: [.origin: Self.listed])
                #expect(answer.status == status)
                #expect(answer.headers[values: .accessControlAllowOrigin] == [Self.listed])
                #expect(answer.headers[.accessControlAllowCredentials] == "true")
                let exposed = try #require(answer.headers[.accessControlExposeHeaders])
                for name in ["ETag", "Location", "Retry-After", "RateLimit", "WWW-Authenticate", "X-Request-ID"] {
                    #expect(exposed.contains(name))
                }
            }
        }
    }

    @Test func `a preflight is answered before anything else looks at it`() async throws {
        try await TestAPI.run(requestsPerMinute: 5, origins: [Self.listed]) { api async throws in
            for _ in 0..<3 {
                let answer = try await api.send(
                    .options, "/api/v1/users/me",
                    headers: [
                        .origin: Self.listed, .accessControlRequestMethod: "PATCH",
                        .accessControlRequestHeaders: "content-type, if-match",
                    ])
                #expect(answer.status == 204)
                #expect(answer.body.isEmpty)
                #expect(answer.headers[.accessControlAllowMethods] == "GET, POST, PUT, PATCH, DELETE")
                #expect(
                    answer.headers[.accessControlAllowHeaders]
                        == "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key")
                #expect(answer.headers[.accessControlMaxAge] == "600")
            }
        }
    }

    @Test func `OPTIONS that is no preflight, or without a list, is a method like any other`() async throws {
        try await TestAPI.run(origins: [Self.listed]) { api async throws in
            let answer = try await api.send(.options, "/api/v1/users/me", headers: [.origin: Self.listed])
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "DELETE, GET, HEAD, PATCH")
        }
        try await TestAPI.run { api async throws in
            let headers: HTTPFields = [.origin: TestAPI.origin, .accessControlRequestMethod: "GET"]
            let answer = try await api.send(.options, "/api/v1/users/me", headers: headers)
            #expect(answer.status == 405)
            #expect(answer.headers[.vary] == nil)
            for name in Self.names { #expect(answer.headers[name] == nil) }
        }
    }
}
