import HTTPTypes
import Testing

@testable import HTTPServer

struct ChangePasswordTests {
    private static let path = "/api/v1/users/me/password"
    private static let body =
        #"{"current_password":"\#(TestAPI.password)","new_password":"\#(TestAPI.otherPassword)"}"#

    @Test func `the own session lives, all others end, and the person is told`() async throws {
        try await TestAPI.run { api async throws in
            let other = try await api.registerProven()
            let own = try await api.login()
            let changed = try await api.changePassword(as: own.access)
            #expect(changed.status == 204)
            #expect(changed.body.isEmpty)
            #expect(try await api.me(own.access).status == 200)
            _ = try await api.renew(own)
            let ended = try await api.me(other.access)
            #expect(ended.status == 401)
            #expect(ended.code == "session_revoked")
            #expect(try await api.refresh(other.refresh).code == "session_revoked")
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
            #expect(try await api.mails("password_changed", to: "ada@example.com").count == 1)
        }
    }

    @Test func `links of the former password are dead`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let reset = try await api.resetToken()
            let magic = try await api.magicToken()
            let change = try await api.changeToken(to: "new@example.com", as: own.access)
            #expect(try await api.changePassword(as: own.access).status == 204)
            let answer = try await api.reset(reset, password: "another fine sentence")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_token")
            #expect(try await api.post("/auth/magic-link/verify", TestAPI.proof(magic)).code == "invalid_token")
            #expect(try await api.post("/auth/email/change/confirm", TestAPI.proof(change)).code == "invalid_token")
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
        }
    }

    @Test func `a wrong password, or none where there is one, changes nothing`() async throws {
        try await TestAPI.run { api async throws in
            let other = try await api.registerProven()
            let own = try await api.login()
            for body in [
                #"{"current_password":"wrong horse battery","new_password":"brisk otter lantern"}"#,
                #"{"new_password":"brisk otter lantern"}"#,
                #"{"current_password":null,"new_password":"brisk otter lantern"}"#,
            ] {
                let answer = try await api.send(.put, Self.path, body, headers: TestAPI.bearer(own.access))
                #expect(answer.status == 401)
                #expect(answer.code == "invalid_credentials")
            }
            #expect(try await api.me(own.access).status == 200)
            #expect(try await api.me(other.access).status == 200)
            #expect(try await api.signIn().status == 200)
            #expect(try await api.mails("password_changed").isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"current_password":"correct horse battery","new_password":"elevenchars"}"#, "/new_password"),
        (#"{"current_password":"correct horse battery","new_password":"password1234"}"#, "/new_password"),
        (#"{"current_password":"correct horse battery","new_password":"ada@example.com"}"#, "/new_password"),
        (#"{"current_password":"correct horse battery","new_password":""}"#, "/new_password"),
        (#"{"current_password":"correct horse battery"}"#, "/new_password"),
        (#"{"current_password":7,"new_password":"brisk otter lantern"}"#, "/current_password"),
    ])
    func `what can't be is told at its place`(body: String, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let answer = try await api.send(.put, Self.path, body, headers: TestAPI.bearer(own.access))
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(Set(answer.pointers) == [pointer], "\(answer.text)")
            #expect(try await api.signIn().status == 200)
        }
    }

    @Test func `beside a second factor eight characters will do`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            #expect(try await api.changePassword(to: "tulpe8mx", as: own.access).pointers == ["/new_password"])
            _ = try await api.enrol(as: own.access)
            #expect(try await api.changePassword(to: "tulpe8m", as: own.access).pointers == ["/new_password"])
            #expect(try await api.changePassword(to: "tulpe8mx", as: own.access).status == 204)
        }
    }

    @Test func `ten wrong passwords make the session wait, and leave signing in alone`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            for _ in 0..<10 {
                #expect(try await api.changePassword(from: "wrong horse battery", as: own.access).status == 401)
            }
            let refused = try await api.changePassword(as: own.access)
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "60")
            #expect(try await api.signIn().status == 200)
            api.pass(seconds: 60)
            #expect(try await api.changePassword(as: own.access).status == 204)
        }
    }

    @Test func `a cookie counts only on the way from our own pages`() async throws {
        try await TestAPI.run { api async throws in
            let cookie: HTTPFields = [.cookie: "plinth_access=\(try await api.registerProven().access)"]
            for fields in [
                [:], [.origin: "https://evil.example"], [.origin: "null"], [.secFetchSite: "cross-site"],
                [.secFetchSite: "same-site"], [.secFetchSite: "none"],
            ] as [HTTPFields] {
                let foreign = try await api.send(.put, Self.path, Self.body, headers: cookie.merging(fields))
                #expect(foreign.status == 403, "\(fields)")
                #expect(foreign.code == "csrf_failed")
            }
            let own = try await api.send(
                .put, Self.path, Self.body, headers: cookie.merging([.secFetchSite: "same-origin"]))
            #expect(own.status == 204)
            let back = #"{"current_password":"\#(TestAPI.otherPassword)","new_password":"\#(TestAPI.password)"}"#
            let byOrigin = try await api.send(
                .put, Self.path, back, headers: cookie.merging([.origin: TestAPI.origin]))
            #expect(byOrigin.status == 204)
        }
    }

    @Test func `who knows the password needs no fresh session`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            api.pass(seconds: 3600)
            #expect(try await api.changePassword(as: try await api.renew(tokens).access).status == 204)
        }
    }

    @Test(arguments: [(899, 204, nil), (900, 403, "reauthentication_required")] as [(Int, Int, String?)])
    func `an account without a password gets one in a fresh session`(
        seconds: Int, status: Int, code: String?
    ) async throws {
        try await TestAPI.run { api async throws in
            // The link proves an address that was never proven: the password of whoever opened the account is gone.
            _ = try await api.register()
            let signedIn = try await api.post("/auth/magic-link/verify", TestAPI.proof(try await api.magicToken()))
            let tokens = try TestAPI.tokens(of: signedIn)
            api.pass(seconds: seconds)
            let answer = try await api.send(
                .put, Self.path, #"{"new_password":"brisk otter lantern"}"#,
                headers: TestAPI.bearer(try await api.renew(tokens).access))
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(
                try await api.signIn(password: TestAPI.otherPassword).status == (status == 204 ? 200 : 401))
        }
    }

    @Test func `strangers, other methods and accounts about to go get nowhere`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let nobody = try await api.send(.put, Self.path, Self.body)
            #expect(nobody.status == 401)
            #expect(nobody.code == "unauthenticated")
            let read = try await api.send(.get, Self.path, headers: TestAPI.bearer(own.access))
            #expect(read.status == 405)
            #expect(read.headers[.allow] == "PUT")
            try await api.beginDeletion()
            let going = try await api.changePassword(as: own.access)
            #expect(going.status == 403)
            #expect(going.code == "account_pending_deletion")
        }
    }
}
