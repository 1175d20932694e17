import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

struct LoginTests {
    private static let path = "/api/v1/auth/login"
    private static let wrong = "wrong horse battery"

    @Test func `a wrong password and an unknown address look the same`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            let wrong = try await api.send(.post, Self.path, TestAPI.credentials(password: Self.wrong))
            let unknown = try await api.send(.post, Self.path, TestAPI.credentials("bob@example.com"))
            #expect(wrong.status == 401)
            #expect(wrong.code == "invalid_credentials")
            #expect(wrong.headers[.wwwAuthenticate] == "Bearer")
            #expect(wrong.headers[.setCookie] == nil)
            #expect(wrong.comparable == unknown.comparable)
            let unproven = try await api.send(.post, Self.path, TestAPI.credentials())
            #expect(unproven.status == 403)
            #expect(unproven.code == "email_not_verified")
        }
    }

    @Test func `that an account is suspended is told after a right password only`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.register()
            try await api.change { $0.suspendedAt = api.time.now }
            #expect(try await api.send(.post, Self.path, TestAPI.credentials()).code == "account_suspended")
            #expect(
                try await api.send(.post, Self.path, TestAPI.credentials(password: Self.wrong)).code
                    == "invalid_credentials")
            let me = try await api.me(tokens.access)
            #expect(me.status == 403)
            #expect(me.code == "account_suspended")
        }
    }

    @Test func `who deletes the account may sign in and out, and no more`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            try await api.change { user in
                user.deletedAt = api.time.now
                user.purgeAt = api.time.now + .days(14)
            }
            let tokens = try await api.login()
            let me = try await api.me(tokens.access)
            #expect(me.status == 403)
            #expect(me.code == "account_pending_deletion")
            let logout = try await api.send(.post, "/api/v1/auth/logout", headers: TestAPI.bearer(tokens.access))
            #expect(logout.status == 204)
        }
    }

    @Test func `the device's name, browser and address are kept with the session`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            let login = try await api.send(
                .post, Self.path,
                #"{"email":"ada@example.com","password":"\#(TestAPI.password)","device_name":"Ada's laptop"}"#,
                headers: [.userAgent: "Test/1 \(String(repeating: "x", count: 1000))"], peer: "192.0.2.7")
            let token = try #require(login["access_token"] as? String)
            let sessions = try await api.send(
                .get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(token)
            ).data
            let current = try #require(sessions.first { $0["current"] as? Bool == true })
            #expect(current["device_name"] as? String == "Ada's laptop")
            #expect(current["ip"] as? String == "192.0.2.7")
            #expect((current["user_agent"] as? String)?.count == 512)
            #expect((current["user_agent"] as? String)?.hasPrefix("Test/1 xxx") == true)
        }
    }

    @Test func `a known device keeps its own count of failures`() async throws {
        try await TestAPI.run { api async throws in
            let device = try #require(
                try await api.send(.post, "/api/v1/auth/register", TestAPI.registration()).cookies["plinth_device"])
            for number in 0..<10 {
                let answer = try await api.send(
                    .post, Self.path, TestAPI.credentials(password: Self.wrong), peer: "192.0.2.\(number)")
                #expect(answer.status == 401)
            }
            let stranger = try await api.send(.post, Self.path, TestAPI.credentials(), peer: "192.0.2.99")
            #expect(stranger.status == 429)
            #expect(stranger.code == "rate_limited")
            #expect(stranger.headers[.retryAfter] == "60")
            let known = try await api.send(
                .post, Self.path, TestAPI.credentials(), headers: [.cookie: "plinth_device=\(device)"])
            #expect(known.status == 200)
            #expect(known.cookies["plinth_device"] == device)
        }
    }

    @Test func `thirty failures close an address to every account`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            for number in 0..<30 {
                let answer = try await api.send(
                    .post, Self.path, TestAPI.credentials("user\(number)@example.com"), peer: "2001:db8:1:2::\(number)")
                #expect(answer.status == 401)
            }
            let sameBlock = try await api.send(.post, Self.path, TestAPI.credentials(), peer: "2001:db8:1:2:ffff::1")
            #expect(sameBlock.status == 429)
            let otherBlock = try await api.send(.post, Self.path, TestAPI.credentials(), peer: "2001:db8:1:3::1")
            #expect(otherBlock.status == 200)
        }
    }

    @Test func `more hashes than can be made in time are answered 503 with a time to come back`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            api.installation.hashing.overload()
            for email in ["ada@example.com", "nobody@example.com"] {
                let answer = try await api.send(.post, Self.path, TestAPI.credentials(email))
                #expect(answer.status == 503)
                #expect(answer.code == "overloaded")
                #expect(answer.headers[.retryAfter] == "2")
            }
        }
    }

    @Test func `a browser finds null where others find tokens`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.register()
            for site in ["same-origin", "cross-site", "none"] {
                let answer = try await api.send(
                    .post, Self.path, TestAPI.credentials(), headers: [.secFetchSite: site])
                #expect(answer.status == 200)
                #expect(answer.text.contains(#""access_token":null,"refresh_token":null,"expires_in":300"#))
                let access = try #require(answer.cookies["plinth_access"])
                #expect(!answer.text.contains(access))
            }
        }
    }
}
