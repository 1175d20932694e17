import Core
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

/// The way to a provider.
struct ProviderAuthorizeTests {
    @Test func `the browser is sent to the provider, and keeps what ties it to the sign-in`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            let answer = try await api.send(.get, TestBrowser.authorize)
            #expect(answer.status == 302)
            #expect(answer.body.isEmpty)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.headers[.eTag] == nil)
            let location = try #require(answer.location)
            #expect(location.hasPrefix("\(TestProvider.issuer)/authorize?"))
            let query = try TestProvider.query(of: location)
            #expect(
                Set(query.keys) == [
                    "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
                    "code_challenge_method",
                ])
            #expect(query["response_type"] == "code")
            #expect(query["client_id"] == TestProvider.clientID)
            #expect(query["redirect_uri"] == TestProvider.callback)
            #expect(query["scope"]?.split(separator: " ").contains("openid") == true)
            #expect(query["code_challenge_method"] == "S256")
            for (name, bytes) in [("state", 16), ("nonce", 16), ("code_challenge", 32)] {
                #expect((Base64URL.decode(query[name] ?? "")?.count ?? 0) >= bytes, "\(name)")
            }
            let cookie = try #require(answer.setCookie("plinth_provider"))
            #expect(cookie.hasSuffix("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"))
            #expect(answer.headers[values: .setCookie].count == 1)
            #expect(!location.contains(try #require(answer.cookies["plinth_provider"])))
            #expect(!location.contains(TestProvider.clientSecret))
        }
    }

    @Test func `over https the cookie is bound to the host`() async throws {
        try await TestAPI.runWithProvider(configure: { $0.baseURL = "https://app.example.com" }) {
            api, _ async throws in
            let answer = try await api.send(.get, TestBrowser.authorize)
            let cookie = try #require(answer.setCookie("__Host-plinth_provider"))
            #expect(cookie.hasSuffix("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"))
        }
    }

    @Test func `no two sign-ins share anything, and what is sealed can't be read`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var seen: [String: Set<String>] = [:]
            for _ in 0..<2 {
                var browser = TestBrowser(api)
                let url = try await browser.goToProvider(wanting: "/secret-page")
                let query = try TestProvider.query(of: url)
                for name in ["state", "nonce", "code_challenge"] {
                    seen[name, default: []].insert(try #require(query[name]))
                }
                seen["cookie", default: []].insert(try #require(browser.cookies["plinth_provider"]))
                let state = Base64URL.decode(try #require(query["state"])) ?? []
                let text = String(decoding: state, as: UTF8.self)
                _ = try await browser.comeBack(
                    by: try await provider.approve(url, as: TestProvider.Person(), at: api.time.now))
                let verifier = try #require(await provider.verifiers.last)
                for secret in ["secret-page", verifier, try #require(query["nonce"])] {
                    #expect(!text.contains(secret))
                }
                #expect(!url.contains(verifier))
            }
            #expect(seen.values.allSatisfy { $0.count == 2 })
            #expect(await Set(provider.verifiers).count == 2)
        }
    }

    @Test(
        arguments: [
            (nil, "/"), ("/", "/"), ("/settings", "/settings"),
            ("/settings?tab=1&next=/x#top", "/settings?tab=1&next=/x#top"),
            ("/@evil.example", "/@evil.example"), ("/a//b", "/a//b"), ("/.evil.example", "/.evil.example"),
        ] as [(String?, String)])
    func `a path of ours is where the sign-in ends`(wish: String?, path: String) async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let answer = try await browser.signIn(at: provider, wanting: wish)
            #expect(answer.status == 302)
            #expect(answer.location == TestAPI.origin + path)
        }
    }

    @Test(arguments: [
        "http://localhost:8080", "http://localhost:8080/", "http://localhost:8080/x?y#z", "http://localhost:8080?y",
        "http://localhost:8080#z", "https://app.example.com", "https://app.example.com/after?x=1",
    ])
    func `so is a page of our origin and of those on the list`(wish: String) async throws {
        try await TestAPI.runWithProvider(configure: { $0.allowedOrigins = ["https://app.example.com"] }) {
            api, provider async throws in
            var browser = TestBrowser(api)
            #expect(try await browser.signIn(at: provider, wanting: wish).location == wish)
        }
    }

    private static let elsewhere = [
        "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/x\\y",
        "https://evil.example", "http://evil.example/http://localhost:8080", "http://localhost:8080.evil.example",
        "http://localhost:8080@evil.example", "http://localhost:8080:80", "http://localhost:80801",
        "http://localhost:8080\\@evil.example", "http://localhost", "http://localhost:8081/", "https://localhost:8080/",
        "http://user@localhost:8080/", "HTTP://LOCALHOST:8080/", "http:/localhost:8080", "http:localhost:8080",
        "//localhost:8080/", "https://app.example.com.evil.example", "https://app.example.com@evil.example",
        "https://app.example.comevil.example", "https://evil.example/#https://app.example.com", "javascript:alert(1)",
        "JavaScript:alert(1)", "data:text/html,x", "evil.example", "settings", "?x", "#x", ".", "", " /", "/ x",
        "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\nSet-Cookie: x=1", "/\u{0}", "/é",
        "/" + String(repeating: "x", count: 2048),
    ]

    @Test func `nowhere else`() async throws {
        try await TestAPI.runWithProvider(configure: { $0.allowedOrigins = ["https://app.example.com"] }) {
            api, _ async throws in
            for wish in Self.elsewhere {
                let answer = try await api.send(
                    .get, "\(TestBrowser.authorize)?redirect_to=\(PercentEncoding.encode(wish))")
                #expect(answer.status == 422, "\(wish)")
                #expect(answer.code == "validation_failed", "\(wish)")
                #expect(answer.pointers == ["/redirect_to"], "\(wish)")
                #expect(answer.location == nil)
                #expect(answer.headers[.setCookie] == nil)
            }
        }
    }

    @Test func `two wishes are none`() async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            let answer = try await api.send(.get, "\(TestBrowser.authorize)?redirect_to=/x&redirect_to=//evil.example")
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/redirect_to"])
        }
    }

    @Test(arguments: ["google", "Example", "example2", "..", "%00", "*"])
    func `an unknown provider is not found`(name: String) async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            for path in ["authorize", "callback?code=x&state=x"] {
                let answer = try await api.send(.get, "/api/v1/auth/oauth/\(name)/\(path)")
                #expect(answer.status == 404, "\(path)")
                #expect(answer.code == "not_found")
                #expect(answer.headers[.setCookie] == nil)
            }
        }
    }

    @Test func `where the provider does not answer, it is said`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            await provider.fail(.noConnection)
            let answer = try await api.send(.get, TestBrowser.authorize)
            #expect(answer.status == 502)
            #expect(answer.code == "provider_failed")
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test func `that it may fail is in the description`() async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            let paths = try await api.send(.get, "/openapi.json")["paths"] as? [String: Any]
            let path = paths?["/api/v1/auth/oauth/{provider}/authorize"] as? [String: Any]
            let responses = (path?["get"] as? [String: Any])?["responses"] as? [String: Any]
            #expect(responses?["302"] != nil)
            #expect(responses?["404"] != nil)
            #expect(responses?["502"] != nil)
        }
    }

    @Test func `other methods are not allowed`() async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            for path in [TestBrowser.authorize, TestBrowser.callback] {
                for method in [HTTPRequest.Method.post, .put, .delete] {
                    let answer = try await api.send(method, path)
                    #expect(answer.status == 405)
                    #expect(answer.code == "method_not_allowed")
                    #expect(answer.headers[.setCookie] == nil)
                }
            }
        }
    }

    @Test func `HEAD signs nobody in and uses nothing up`() async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            var browser = TestBrowser(api)
            let url = try await browser.goToProvider()
            let back = try await provider.approve(url, as: TestProvider.Person(), at: api.time.now)
            var same = browser
            let head = try await same.send(.head, back, from: "cross-site")
            #expect(head.status == 405)
            #expect(head.headers[.setCookie] == nil)
            #expect(try await browser.comeBack(by: back).setsSession)
        }
    }

    @Test func `the settings name it`() async throws {
        try await TestAPI.runWithProvider { api, _ async throws in
            #expect(try await api.send(.get, "/api/v1/auth/settings")["providers"] as? [String] == ["example"])
        }
        let provider = TestProvider()
        let several = try await TestInstallation(
            providers: [try provider.client(name: "zeta"), try provider.client(name: "alpha")])
        let settings = try await TestAPI(several).send(.get, "/api/v1/auth/settings")
        #expect(settings["providers"] as? [String] == ["alpha", "zeta"])
    }
}
