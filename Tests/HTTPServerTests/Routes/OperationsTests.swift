import API
import HTTPTypes
import Testing

@testable import HTTPServer

struct OperationsTests {
    private struct Gone: Error {}

    @Test func `an instance that has all it needs is alive and ready`() async throws {
        let checks = [ReadinessCheck(name: "database", detail: "a stand-in") {}]
        try await TestAPI.run(readiness: checks) { api async throws in
            let live = try await api.send(.get, "/health/live")
            #expect(live.status == 200)
            #expect(live.text == #"{"status":"alive"}"#)
            #expect(live.headers[.cacheControl] == "no-store")
            let ready = try await api.send(.get, "/health/ready")
            #expect(ready.status == 200)
            #expect(
                ready.text
                    == #"{"status":"ready","parts":[{"name":"database","status":"ready","detail":"a stand-in"}]}"#)
            #expect(ready.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `every part that is missing is named, and alive stays alive`() async throws {
        let checks = ["database", "mail", "files"].map { name in
            ReadinessCheck(name: name, detail: "a stand-in") { if name != "mail" { throw Gone() } }
        }
        try await TestAPI.run(readiness: checks) { api async throws in
            let ready = try await api.send(.get, "/health/ready")
            #expect(ready.status == 503)
            #expect(ready.headers[.retryAfter] == "1")
            #expect(ready["status"] as? String == "unavailable")
            let parts = try #require(ready["parts"] as? [[String: String]])
            #expect(parts.map { $0["status"] } == ["unavailable", "ready", "unavailable"])
            #expect(!ready.text.contains("Gone"))
            #expect(try await api.send(.get, "/health/live").status == 200)
        }
    }

    @Test func `an instance that shuts down is alive but not ready`() async throws {
        try await TestAPI.run { api async throws in
            api.installation.shutdown.beginDraining()
            let ready = try await api.send(.get, "/health/ready")
            #expect(ready.status == 503)
            #expect(ready.text.contains(#"{"name":"server","status":"unavailable","detail":"shutting down"}"#))
            #expect(try await api.send(.get, "/health/live").status == 200)
        }
    }

    @Test(arguments: [true, false])
    func `the description that is served is the one made of the endpoints`(isProduction: Bool) async throws {
        try await TestAPI.run(isProduction: isProduction) { api async throws in
            let endpoints = try APIDescription.all().filter { !isProduction || !$0.traits.isDevelopmentOnly }
            let served = try await api.send(.get, "/openapi.json")
            let info = OpenAPIDocument.Info(
                title: "Plinth", version: "1", summary: "Accounts, sessions and what follows from them.",
                serverURL: TestAPI.origin)
            #expect(served.body == (try OpenAPIDocument.encode(endpoints: endpoints, info: info)))
            #expect(served["openapi"] as? String == "3.1.0")
            #expect(served.headers[.contentType] == "application/json")
            #expect(served.headers[.cacheControl] == "public, max-age=300")
            let tag = try #require(served.headers[.eTag])
            #expect(try await api.send(.get, "/openapi.json", headers: [.ifNoneMatch: tag]).status == 304)
        }
    }

    @Test func `every endpoint has its own handler, and wants a credential exactly where it says so`() async throws {
        try await TestAPI.run { api async throws in
            for endpoint in APIDescription.endpoints {
                let traits = endpoint.traits
                let path = traits.path.filled(with: "01a20b1a-905b-7750-ade0-9cb23f43b7f4")
                let method = try #require(HTTPRequest.Method(rawValue: traits.method.rawValue))
                let answer = try await api.send(method, path)
                // Where anybody may ask for one thing by its name, there is none of that name.
                let mayBeMissing = traits.authentication == .none && !traits.path.parameterNames.isEmpty
                #expect(answer.status != 404 || mayBeMissing, "\(traits.id): \(answer.text)")
                #expect(![405, 500].contains(answer.status), "\(traits.id): \(answer.text)")
                // A sign-out takes an access token or, of a browser, what is left: the refresh cookie.
                let wantsCredential = traits.authentication.isRequired || traits.id == "logout"
                #expect((answer.code == "unauthenticated") == wantsCredential, "\(traits.id): \(answer.text)")
                #expect(
                    Set(try endpoint.described().errors.map(\.rawValue) + [nil]).contains(answer.code), "\(traits.id)")
            }
        }
    }

    @Test(arguments: ["/health/live", "/api/v1/auth/settings", "/openapi.json"])
    func `HEAD is answered as GET is, without the body`(path: String) async throws {
        try await TestAPI.run { api async throws in
            let get = try await api.send(.get, path)
            let head = try await api.send(.head, path)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.headers[.contentLength] == String(get.body.count))
            #expect(head.headers[.eTag] == get.headers[.eTag])
            #expect(head.headers[.contentType] == get.headers[.contentType])
        }
    }
}
