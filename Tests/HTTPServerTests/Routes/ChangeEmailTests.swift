import HTTPTypes
import Testing

@testable import HTTPServer

/// Another address for the own account, up to where it counts.
struct ChangeEmailTests {
    private static let path = "/users/me/email"
    private static let confirm = "/auth/email/change/confirm"

    private static func wish(_ email: String) -> String { #"{"new_email":"\#(email)"}"# }

    @Test func `the new address counts once it is confirmed from there, and the former one is told`() async throws {
        try await TestAPI.run { api async throws in
            let other = try await api.registerProven()
            let own = try await api.login()
            let asked = try await api.post(Self.path, Self.wish("new@example.com"), as: own.access)
            #expect(asked.status == 202)
            #expect(asked.text == #"{"status":"link_sent"}"#)
            let mail = try #require(try await api.mails("change_email", to: "new@example.com").first)
            let link = try #require((mail["links"] as? [String])?.first)
            #expect(link.hasPrefix("\(TestAPI.origin)/confirm-email?token="))
            let token = try await api.token(in: "change_email", to: "new@example.com")
            #expect(token.utf8.count >= 43)
            for method in [HTTPRequest.Method.get, .head] {
                let opened = try await api.send(method, "/api/v1\(Self.confirm)?token=\(token)")
                #expect(opened.status == 405)
                #expect(opened.headers[.allow] == "POST")
            }
            #expect(try await api.me(own.access)["email"] as? String == "ada@example.com")
            #expect(try await api.me(other.access).status == 200)

            let confirmed = try await api.post(Self.confirm, TestAPI.proof(token))
            #expect(confirmed.status == 200)
            #expect(confirmed.text == #"{"status":"changed"}"#)
            #expect(confirmed.headers[.setCookie] == nil)
            let me = try await api.me(own.access)
            #expect(me["email"] as? String == "new@example.com")
            #expect(me["email_verified"] as? Bool == true)
            let ended = try await api.me(other.access)
            #expect(ended.status == 401)
            #expect(ended.code == "session_revoked")
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.signIn("new@example.com").status == 200)
            let notice = try #require(try await api.mails("email_changed", to: "ada@example.com").first)
            let wayBack = try #require((notice["links"] as? [String])?.first)
            #expect(wayBack.hasPrefix("\(TestAPI.origin)/undo-email-change?token="))
            let again = try await api.post(Self.confirm, TestAPI.proof(token))
            #expect(again.status == 400)
            #expect(again.code == "invalid_token")
        }
    }

    @Test func `a taken address answers as a free one, and its holder is told`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven("bob@example.com")
            _ = try await api.registerProven("carol@example.com")
            try await api.suspend("carol@example.com")
            let own = try await api.registerProven()
            let free = try await api.post(Self.path, Self.wish("new@example.com"), as: own.access)
            #expect(free.status == 202)
            for email in ["bob@example.com", "BOB@example.com", "carol@example.com", "other@example.com"] {
                let answer = try await api.post(Self.path, Self.wish(email), as: own.access)
                #expect(answer.comparable == free.comparable, "\(email)")
            }
            #expect(try await api.mails("already_registered", to: "bob@example.com").count == 1)
            #expect(
                Set(try await api.mails("change_email").compactMap { $0["to"] as? String })
                    == ["new@example.com", "other@example.com"])
            #expect(try await api.me(own.access)["email"] as? String == "ada@example.com")
        }
    }

    @Test(arguments: [(899, 202, nil), (900, 403, "reauthentication_required")] as [(Int, Int, String?)])
    func `it takes a fresh session`(seconds: Int, status: Int, code: String?) async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            api.pass(seconds: seconds)
            let access = try await api.renew(tokens).access
            let answer = try await api.post(Self.path, Self.wish("new@example.com"), as: access)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(try await api.mails("change_email").count == (status == 202 ? 1 : 0))
        }
    }

    @Test(arguments: [
        "{}", #"{"new_email":7}"#, #"{"new_email":"nonsense"}"#, #"{"new_email":"a@b@example.com"}"#,
        #"{"new_email":"ada@example.com"}"#, #"{"new_email":"ADA@Example.com"}"#,
    ])
    func `what is no other address is told at its place`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.path, body, as: try await api.registerProven().access)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(answer.pointers == ["/new_email"], "\(answer.text)")
            #expect(try await api.mails().isEmpty)
        }
    }

    @Test(arguments: [(3599, 200, nil), (3600, 410, "token_expired")] as [(Int, Int, String?)])
    func `a link is good for an hour`(seconds: Int, status: Int, code: String?) async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.changeToken(
                to: "new@example.com", as: try await api.registerProven().access)
            api.pass(seconds: seconds)
            let answer = try await api.post(Self.confirm, TestAPI.proof(token))
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func `an address that somebody took meanwhile stays theirs`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let token = try await api.changeToken(to: "new@example.com", as: own.access)
            _ = try await api.registerProven("new@example.com")
            let answer = try await api.post(Self.confirm, TestAPI.proof(token))
            #expect(answer.status == 409)
            #expect(answer.code == "email_taken")
            #expect(try await api.me(own.access)["email"] as? String == "ada@example.com")
        }
    }

    @Test func `the last wish counts, and the same one is mailed once a minute`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let first = try await api.changeToken(to: "first@example.com", as: own.access)
            let last = try await api.changeToken(to: "last@example.com", as: own.access)
            _ = try await api.post(Self.path, Self.wish("last@example.com"), as: own.access)
            #expect(try await api.mails("change_email", to: "last@example.com").count == 1)
            let replaced = try await api.post(Self.confirm, TestAPI.proof(first))
            #expect(replaced.status == 400)
            #expect(replaced.code == "invalid_token")
            #expect(try await api.post(Self.confirm, TestAPI.proof(last)).status == 200)
            #expect(try await api.me(own.access)["email"] as? String == "last@example.com")
        }
    }

    @Test func `an account closed meanwhile keeps its address`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.changeToken(
                to: "new@example.com", as: try await api.registerProven().access)
            try await api.suspend()
            let answer = try await api.post(Self.confirm, TestAPI.proof(token))
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_token")
        }
    }

    @Test func `of many that bring one token at once, one changes the address`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.changeToken(
                to: "new@example.com", as: try await api.registerProven().access)
            let bodies = Array(repeating: TestAPI.proof(token), count: 50)
            #expect(try await api.race(Self.confirm, bodies) == [200: 1, 400: 49])
            #expect(try await api.mails("email_changed").count == 1)
        }
    }

    @Test func `strangers, foreign pages and accounts about to go get nowhere`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let nobody = try await api.post(Self.path, Self.wish("new@example.com"))
            #expect(nobody.status == 401)
            #expect(nobody.code == "unauthenticated")
            let foreign = try await api.post(
                Self.path, Self.wish("new@example.com"), headers: [.cookie: "plinth_access=\(own.access)"])
            #expect(foreign.status == 403)
            #expect(foreign.code == "csrf_failed")
            try await api.beginDeletion()
            let going = try await api.post(Self.path, Self.wish("new@example.com"), as: own.access)
            #expect(going.status == 403)
            #expect(going.code == "account_pending_deletion")
            #expect(try await api.mails().isEmpty)
        }
    }
}
