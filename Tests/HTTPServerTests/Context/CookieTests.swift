import HTTPTypes
import Testing

@testable import HTTPServer

struct CookieTests {
    @Test(arguments: [
        ("a=1", ["1"]), ("a=1; b=2", ["1"]), ("b=2; a=1", ["1"]), ("b=2;a=1", ["1"]), ("b=2;\t a=1", ["1"]),
        ("a=", [""]), ("a=1; a=2", ["1", "2"]), ("a=1=2", ["1=2"]), ("a=\"1\"", ["\"1\""]), ("", []), ("a", []),
        ("aa=1", []), ("A=1", []), ("a =1", []), ("=1", []), (";;;", []), ("\u{2000}a=1", []), ("\u{a0}a=1", []),
        ("\u{3000}a=1; a=2", ["2"]), ("b=\u{2000}; a=1", ["1"]), ("\u{feff}a=1", []), ("a\u{301}=1", []),
        ("b=;a=1", ["1"]), ("\u{b}a=1", []),
    ])
    func `a cookie is read byte by byte`(header: String, values: [String]) {
        #expect(CookieHeader.values(of: "a", in: [header]) == values)
    }

    @Test func `cookies of several fields count together`() {
        #expect(CookieHeader.values(of: "a", in: ["a=1", "b=1; a=2"]) == ["1", "2"])
    }

    @Test func `the same auth cookie twice is refused, in one field or two, with the same value or another`()
        async throws
    {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let cookie = "plinth_access=\(token)"
            for cookies in [
                [("Cookie", "\(cookie); \(cookie)")], [("Cookie", "plinth_access=x; \(cookie)")],
                [("Cookie", cookie), ("Cookie", "plinth_access=")],
                [("Cookie", "\(cookie);plinth_access=x"), ("Authorization", "Bearer \(token)")],
            ] {
                let answer = try await api.send(.get, "/api/v1/users/me", headers: HTTPFields(named: cookies))
                #expect(answer.status == 400)
                #expect(answer.code == "malformed_request")
                #expect(answer.headers[.cacheControl] == "no-store")
            }
            let others = "plinth_accessx=1; plinth_accessx=2; x=1; x=2; \(cookie)"
            #expect(try await api.send(.get, "/api/v1/users/me", headers: [.cookie: others]).status == 200)
        }
    }

    @Test func `a device cookie twice is refused where it counts`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            let answer = try await api.send(
                .post, "/api/v1/auth/login", TestAPI.credentials(),
                headers: [.cookie: "plinth_device=a; plinth_device=b"])
            #expect(answer.status == 400)
        }
    }

    @Test func `a cookie that is set can be read back and cleared`() {
        let names = CookieNames(isSecure: true)
        #expect(
            names.set(names.access, to: "x", for: .seconds(300))
                == "__Host-plinth_access=x; Path=/; Max-Age=300; HttpOnly; SameSite=Lax; Secure")
        #expect(
            names.clear(names.refresh)
                == "__Host-plinth_refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure")
    }
}
