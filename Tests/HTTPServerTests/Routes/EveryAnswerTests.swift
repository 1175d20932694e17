import API
import Core
import HTTPTypes
import Testing

@testable import HTTPServer

/// What holds whatever is asked.
struct EveryAnswerTests {
    @Test func `unknown paths and methods are told apart`() async throws {
        try await TestAPI.run { api async throws in
            let unknown = try await api.send(.get, "/api/v1/nothing")
            #expect(unknown.status == 404)
            #expect(unknown.code == "not_found")
            let method = try await api.send(.put, "/api/v1/users/me")
            #expect(method.status == 405)
            #expect(method.code == "method_not_allowed")
            #expect(method.headers[.allow] == "DELETE, GET, HEAD, PATCH")
            #expect(try await api.send(.delete, "/api/v1/users/me/sessions/x").code == "unauthenticated")
            #expect(try await api.send(.put, "/api/v1/users/me/sessions/x").headers[.allow] == "DELETE")
        }
    }

    @Test(arguments: [
        "/health/live", "/api/v1/users/me", "/nothing", "/api/v1/users/me/sessions?limit=x", "/openapi.json",
    ])
    func `the security headers are on every answer`(path: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.get, path)
            for field in SecurityHeaders.api { #expect(answer.headers[field.name] == field.value) }
            #expect(answer.headers[.server] == nil)
            #expect(answer.headers[.requestID] != nil)
            if answer.status >= 400 {
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer["request_id"] as? String == answer.headers[.requestID])
            }
        }
    }

    @Test func `errors are told in the language asked for`() async throws {
        try await TestAPI.run { api async throws in
            let english = try await api.send(.get, "/nothing")
            let french = try await api.send(.get, "/nothing", headers: [.acceptLanguage: "fr-CH, en;q=0.5"])
            #expect(french.code == english.code)
            #expect(french["detail"] as? String != english["detail"] as? String)
            #expect(french.headers[.contentLanguage] == "fr")
        }
    }

    @Test func `origins on the list may call, others are not reflected`() async throws {
        try await TestAPI.run(origins: ["https://app.example.com"]) { api async throws in
            let listed: HTTPFields = [.origin: "https://app.example.com"]
            let answer = try await api.send(.get, "/health/live", headers: listed)
            #expect(answer.headers[.accessControlAllowOrigin] == "https://app.example.com")
            #expect(answer.headers[values: .vary].contains("Origin"))
            let other = try await api.send(.get, "/health/live", headers: [.origin: "https://evil.example"])
            #expect(other.headers[.accessControlAllowOrigin] == nil)
            #expect(other.headers[values: .vary].contains("Origin"))
            let preflight = try await api.send(
                .options, "/api/v1/users/me", headers: listed.merging([.accessControlRequestMethod: "PATCH"]))
            #expect(preflight.status == 204)
            #expect(preflight.headers[.accessControlAllowMethods]?.contains("PATCH") == true)
        }
    }

    @Test func `too many requests are turned away with the limit`() async throws {
        try await TestAPI.run(requestsPerMinute: 10) { api async throws in
            let token = try await api.register().access
            var statuses: [Int] = []
            for _ in 0..<12 { statuses.append(try await api.me(token).status) }
            #expect(statuses == Array(repeating: 200, count: 10) + [429, 429])
            let refused = try await api.me(token)
            #expect(refused.headers[.rateLimitPolicy] == #""minute";q=10;w=60"#)
            #expect(refused.headers[.retryAfter] != nil)
            #expect(try await api.send(.get, "/health/live").status == 200)
            api.pass(seconds: 61)
            #expect(try await api.me(token).status == 200)
        }
    }

    @Test(arguments: [
        "", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", String(repeating: "a", count: 5000),
    ])
    func `what is no access token is refused`(token: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.me(token)
            #expect(answer.status == 401)
            #expect(answer.code == "unauthenticated")
        }
    }

    @Test func `padding and the standard alphabet make a token invalid`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            #expect(try await api.me(token).status == 200)
            #expect(try await api.me(token + "=").status == 401)
            let standard = token.replacing("-", with: "+").replacing("_", with: "/")
            if standard != token { #expect(try await api.me(standard).status == 401) }
        }
    }

    @Test func `readiness tells which part is missing`() async throws {
        struct Gone: Error {}
        let checks = [
            ReadinessCheck(name: "database", detail: "a stand-in") {},
            ReadinessCheck(name: "mail", detail: "nowhere") { throw Gone() },
        ]
        try await TestAPI.run(readiness: checks) { api async throws in
            let answer = try await api.send(.get, "/health/ready")
            #expect(answer.status == 503)
            #expect(answer.text.contains(#"{"name":"mail","status":"unavailable","detail":"nowhere"}"#))
            #expect(answer.headers[.retryAfter] != nil)
        }
    }

    @Test func `every endpoint is served and described`() async throws {
        try await TestAPI.run { api async throws in
            let described = try await api.send(.get, "/openapi.json")
            let paths = try #require(described["paths"] as? [String: Any])
            #expect(Set(paths.keys) == Set(APIDescription.endpoints.map(\.traits.path.description)))
            for endpoint in APIDescription.endpoints where !endpoint.traits.isDevelopmentOnly {
                let path = endpoint.traits.path.description.replacing(
                    "{id}", with: "01a20b1a-905b-7750-ade0-9cb23f43b7f4")
                let method = HTTPRequest.Method(rawValue: endpoint.traits.method.rawValue)
                let answer = try await api.send(try #require(method), path)
                #expect(answer.code != "method_not_allowed", "\(endpoint.traits.id)")
                // Where anybody may ask for one thing by its name, there is none of that name.
                if endpoint.traits.authentication != .none || endpoint.traits.path.parameterNames.isEmpty {
                    #expect(answer.code != "not_found", "\(endpoint.traits.id)")
                }
            }
        }
    }

    @Test func `nothing for development is there in production`() async throws {
        try await TestAPI.run(isProduction: true) { api async throws in
            #expect(try await api.send(.get, "/dev/outbox").status == 404)
        }
    }
}
