import Core
import HTTPTypes
import Testing

@testable import HTTPServer

/// The way back from a change of address that its person did not want.
struct UndoEmailChangeTests {
    private static let undo = "/auth/email/change/undo"

    @Test func `the former address comes back, the password goes, and a link to choose another is mailed`()
        async throws
    {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            try await api.changeEmail(to: "thief@example.com", as: own.access)
            let thief = try TestAPI.tokens(of: try await api.signIn("thief@example.com"))
            let token = try await api.token(in: "email_changed")
            for method in [HTTPRequest.Method.get, .head] {
                let opened = try await api.send(method, "/api/v1\(Self.undo)?token=\(token)")
                #expect(opened.status == 405)
                #expect(opened.headers[.allow] == "POST")
            }
            #expect(try await api.me(own.access)["email"] as? String == "thief@example.com")

            let undone = try await api.post(Self.undo, TestAPI.proof(token))
            #expect(undone.status == 200)
            #expect(undone.text == #"{"status":"undone"}"#)
            #expect(undone.headers[.setCookie] == nil)
            for tokens in [own, thief] {
                let me = try await api.me(tokens.access)
                #expect(me.status == 401)
                #expect(me.code == "session_revoked")
                #expect(try await api.refresh(tokens.refresh).code == "session_revoked")
            }
            #expect(try await api.signIn("thief@example.com").code == "invalid_credentials")
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.mails("reset_password", to: "thief@example.com").isEmpty)
            #expect(try await api.reset(try await api.token(in: "reset_password")).status == 204)
            let signedIn = try await api.signIn(password: TestAPI.otherPassword)
            #expect(signedIn.status == 200)
            #expect((signedIn["user"] as? [String: Any])?["email"] as? String == "ada@example.com")
            let again = try await api.post(Self.undo, TestAPI.proof(token))
            #expect(again.status == 400)
            #expect(again.code == "invalid_token")
        }
    }

    @Test(arguments: [(604_799, 200, nil), (604_800, 410, "token_expired")] as [(Int, Int, String?)])
    func `the way back is open for seven days`(seconds: Int, status: Int, code: String?) async throws {
        try await TestAPI.run { api async throws in
            try await api.changeEmail(to: "new@example.com", as: try await api.registerProven().access)
            let token = try await api.token(in: "email_changed")
            api.pass(seconds: seconds)
            let answer = try await api.post(Self.undo, TestAPI.proof(token))
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func `neither a new password nor another second factor closes it`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            try await api.changeEmail(to: "thief@example.com", as: own.access)
            #expect(try await api.changePassword(as: own.access).status == 204)
            _ = try await api.enrol(as: own.access)
            let token = try await api.token(in: "email_changed")
            #expect(try await api.post(Self.undo, TestAPI.proof(token)).status == 200)
        }
    }

    @Test func `what the other mailbox asked for is dead`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            try await api.changeEmail(to: "thief@example.com", as: own.access)
            let reset = try await api.resetToken("thief@example.com")
            let magic = try await api.magicToken("thief@example.com")
            let change = try await api.changeToken(to: "hideout@example.com", as: own.access)
            let token = try await api.token(in: "email_changed")
            #expect(try await api.post(Self.undo, TestAPI.proof(token)).status == 200)
            #expect(try await api.reset(reset).code == "invalid_token")
            #expect(try await api.post("/auth/magic-link/verify", TestAPI.proof(magic)).code == "invalid_token")
            #expect(try await api.post("/auth/email/change/confirm", TestAPI.proof(change)).code == "invalid_token")
        }
    }

    @Test func `the way back to the first of several addresses ends the later ones`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            for email in ["second@example.com", "third@example.com"] {
                try await api.changeEmail(to: email, as: own.access)
                api.pass(seconds: 1)
            }
            let toSecond = try await api.token(in: "email_changed", to: "second@example.com")
            #expect(
                try await api.post(Self.undo, TestAPI.proof(try await api.token(in: "email_changed"))).status == 200)
            let later = try await api.post(Self.undo, TestAPI.proof(toSecond))
            #expect(later.status == 400)
            #expect(later.code == "invalid_token")
            #expect(try await api.reset(try await api.token(in: "reset_password")).status == 204)
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
        }
    }

    @Test func `the way back to a later one leaves that to the first`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            for email in ["second@example.com", "third@example.com"] {
                try await api.changeEmail(to: email, as: own.access)
                api.pass(seconds: 1)
            }
            for email in ["second@example.com", "ada@example.com"] {
                let token = try await api.token(in: "email_changed", to: email)
                #expect(try await api.post(Self.undo, TestAPI.proof(token)).status == 200, "\(email)")
            }
            #expect(try await api.reset(try await api.token(in: "reset_password")).status == 204)
            #expect(try await api.signIn(password: TestAPI.otherPassword).status == 200)
        }
    }

    @Test func `an address that somebody took meanwhile stays theirs`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            try await api.changeEmail(to: "new@example.com", as: own.access)
            _ = try await api.registerProven()
            let token = try await api.token(in: "email_changed")
            let answer = try await api.post(Self.undo, TestAPI.proof(token))
            #expect(answer.status == 409)
            #expect(answer.code == "email_taken")
            #expect(try await api.me(own.access)["email"] as? String == "new@example.com")
            #expect(try await api.signIn("new@example.com").status == 200)
        }
    }

    @Test func `a second factor stays on`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            try await api.changeEmail(to: "thief@example.com", as: own.access)
            let undone = try await api.post(Self.undo, TestAPI.proof(try await api.token(in: "email_changed")))
            #expect(undone.status == 200)
            #expect(try await api.reset(try await api.token(in: "reset_password")).status == 204)
            let token = try await api.challenge(password: TestAPI.otherPassword)
            #expect(try await api.verify(token, code: app.code()).status == 200)
        }
    }
}
