import HTTPTypes
import Testing

@testable import HTTPServer

/// Requests that another site may have caused (CSRF).
struct OwnOriginTests {
    private static let listed = "https://app.example.com"

    @Test(
        arguments: [
            ([("Sec-Fetch-Site", "same-origin")], true), ([("Sec-Fetch-Site", "same-site")], false),
            ([("Sec-Fetch-Site", "cross-site")], false), ([("Sec-Fetch-Site", "none")], false),
            ([("Sec-Fetch-Site", "Same-Origin")], false), ([("Sec-Fetch-Site", "")], false),
            ([("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")], false),
            ([("Sec-Fetch-Site", "cross-site"), ("Origin", listed)], true),
            ([("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example")], false),
            ([("Sec-Fetch-Site", "none"), ("Origin", "null")], false), ([("Origin", TestAPI.origin)], true),
            ([("Origin", listed)], true), ([("Origin", "https://evil.example")], false), ([("Origin", "null")], false),
            ([("Origin", "")], false), ([("Origin", "\(TestAPI.origin)/")], false),
            ([("Origin", "https://localhost:8080")], false), ([("Origin", "http://localhost:80800")], false),
            ([("Origin", "http://LOCALHOST:8080")], false), ([("Origin", listed), ("Origin", listed)], false),
            ([("Referer", "\(TestAPI.origin)/page")], false), ([], false),
        ] as [([(String, String)], Bool)])
    func `a change by cookie comes from a page of ours or one on the list`(
        headers: [(String, String)], passes: Bool
    ) async throws {
        try await TestAPI.run(origins: [Self.listed]) { api async throws in
            let tokens = try await api.register()
            let fields = HTTPFields(named: headers)
            let access: HTTPFields = [.cookie: "plinth_access=\(tokens.access)"]
            for (method, path, status) in [
                (HTTPRequest.Method.patch, "/api/v1/users/me", 200), (.delete, "/api/v1/users/me/sessions", 204),
            ] {
                let answer = try await api.send(method, path, "{}", headers: fields.merging(access))
                #expect(answer.status == (passes ? status : 403), "\(method) \(path)")
                #expect(answer.code == (passes ? nil : "csrf_failed"))
            }
            let refresh: HTTPFields = [.cookie: "plinth_refresh=\(tokens.refresh)"]
            let refreshed = try await api.send(.post, "/api/v1/auth/refresh", headers: fields.merging(refresh))
            #expect(refreshed.status == (passes ? 200 : 403))
            // Reading changes nothing, and a bearer token is sent by no other site.
            #expect(try await api.send(.get, "/api/v1/users/me", headers: fields.merging(access)).status == 200)
            let bearer = fields.merging(TestAPI.bearer(tokens.access))
            #expect(try await api.send(.patch, "/api/v1/users/me", "{}", headers: bearer).status == 200)
            #expect(
                try await api.send(.patch, "/api/v1/users/me", "{}", headers: bearer.merging(access)).status == 200)
        }
    }

    @Test func `a refused change changes nothing and reads nothing`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let headers: HTTPFields = [.cookie: "plinth_access=\(token)", .origin: "https://evil.example"]
            for body in [#"{"first_name":"Eve"}"#, "{", String(repeating: " ", count: 300_000)] {
                let answer = try await api.send(.patch, "/api/v1/users/me", body, headers: headers)
                #expect(answer.code == "csrf_failed")
            }
            #expect(try await api.me(token)["first_name"] as? String == "Ada")
        }
    }
}
