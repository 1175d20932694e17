import Core
import Fakes
import HTTPTypes
import Persistence
import Testing

@testable import HTTPServer

struct AdminUserRoutesTests {
    private static let path = "/api/v1/admin/users"
    private static let reason = #"{"reason":"Ticket 4711"}"#

    @Test func `an account is shown as its person sees it, and with what an administrator needs`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            let ada = try await api.registerProven()
            let own = try await api.me(ada.access).json
            let answer = try await api.send(.get, "\(Self.path)/\(api.id())", headers: root)
            #expect(answer.status == 200 && answer.headers[.eTag] != nil)
            for (name, value) in own { #expect("\(answer[name] ?? "")" == "\(value)", "\(name)") }
            let more = Set(answer.json.keys).subtracting(own.keys)
            #expect(
                more == [
                    "suspended_at", "suspension_reason", "deleted_at", "purge_at", "second_factor_reset_at",
                    "last_seen_at",
                ])
            let seen = try #require((answer["last_seen_at"] as? String).flatMap { Timestamp($0) })
            #expect(seen <= api.time.now && api.time.now - seen < .hours(1))
            #expect(seen.microseconds % 3_600_000_000 == 0)
        }
    }

    @Test func `accounts are listed in pages, by what they are in and by address`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            for name in ["ada", "adam", "bob"] {
                api.pass(seconds: 1)
                _ = try await api.register("\(name)@example.com")
            }
            try await api.suspend("bob@example.com")
            func listed(_ query: String) async throws -> [String] {
                let answer = try await api.send(.get, "\(Self.path)?\(query)", headers: root)
                #expect(answer.status == 200, "\(answer.text)")
                return answer.data.compactMap { ($0["email"] as? String)?.split(separator: "@").first.map(String.init) }
            }
            #expect(try await listed("") == ["bob", "adam", "ada", "root"])
            #expect(try await listed("status=suspended") == ["bob"])
            #expect(try await listed("status=active&limit=2") == ["adam", "ada"])
            #expect(try await listed("status=pending_deletion").isEmpty)
            #expect(try await listed("email=ADA") == ["ada", "adam"])
            #expect(try await listed("email=ada@example.com") == ["ada"])
            #expect(try await listed("email=b&status=active").isEmpty)
            let first = try await api.send(.get, "\(Self.path)?email=a&limit=1", headers: root)
            let cursor = try #require(first["next_cursor"] as? String)
            #expect(try await listed("email=a&limit=1&cursor=\(cursor)") == ["adam"])
            for query in ["status=closed", "limit=0", "email=", "cursor=x"] {
                #expect(try await api.send(.get, "\(Self.path)?\(query)", headers: root).status >= 400, "\(query)")
            }
        }
    }

    @Test func `an account is opened, and its person chooses the password by the mail`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: false) { api async throws in
            let root = try await api.administrator()
            let body =
                #"{"email":"New@example.com","first_name":"Grace","last_name":"Hopper","locale":"fr","password":"x"}"#
            let made = try await api.post("/admin/users", body, as: root.access)
            #expect(made.status == 201)
            #expect(made.headers[.location] == "\(Self.path)/\(try await api.id("new@example.com"))")
            #expect(made["email"] as? String == "New@example.com" && made["locale"] as? String == "fr")
            #expect(made["email_verified"] as? Bool == false && made["is_superuser"] as? Bool == false)
            let mail = try #require(try await api.mails("account_created", to: "New@example.com").first)
            #expect((mail["subject"] as? String)?.contains("Votre compte") == true)
            #expect(try await api.post("/admin/users", body, as: root.access).code == "email_taken")
            #expect(try await api.signIn("new@example.com", password: "x").code == "invalid_credentials")
            let token = try await api.token(in: "account_created", to: "New@example.com")
            #expect(try await api.reset(token).status == 204)
            #expect(try await api.signIn("new@example.com", password: TestAPI.otherPassword).status == 200)
            let row = try #require(try await api.audit("new@example.com").first { $0.action == "user.created" })
            #expect(row.actorID == (try await api.id("root@example.com")))
            #expect(try await api.post("/admin/users", "{}", as: root.access).pointers.count == 3)
        }
    }

    @Test func `a repeated request opens one account`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator()
            let body = #"{"email":"new@example.com","first_name":"Grace","last_name":"Hopper"}"#
            let key: HTTPFields = [.idempotencyKey: "k"]
            let (first, second) = (
                try await api.post("/admin/users", body, as: root.access, headers: key),
                try await api.post("/admin/users", body, as: root.access, headers: key)
            )
            #expect(first.status == 201 && second.status == 201)
            #expect(first.text == second.text)
            #expect(try await api.mails("account_created").count == 1)
        }
    }

    @Test func `an account is changed if it is still what it was, and the right to administer with a notice`()
        async throws
    {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            let ada = try await api.registerProven()
            let path = "\(Self.path)/\(try await api.id())"
            let tag = try #require(try await api.send(.get, path, headers: root).headers[.eTag])
            let matching = root.merging([.ifMatch: tag])
            let changed = try await api.send(.patch, path, #"{"first_name":"Augusta"}"#, headers: matching)
            #expect(changed.status == 200 && changed["first_name"] as? String == "Augusta")
            #expect(
                try await api.send(.patch, path, #"{"is_superuser":true}"#, headers: matching).code
                    == "precondition_failed")
            #expect(try await api.send(.delete, path, headers: matching).code == "precondition_failed")
            let now = root.merging([.ifMatch: try #require(changed.headers[.eTag])])
            let raised = try await api.send(
                .patch, path, #"{"is_superuser":true,"reason":"On call"}"#, headers: now)
            #expect(raised["is_superuser"] as? Bool == true)
            #expect(try await api.me(ada.access).code == "session_revoked")
            #expect(try await api.mails("superuser_granted", to: "ada@example.com").count == 1)
            let row = try #require(try await api.audit().first { $0.action == "user.superuser_granted" })
            #expect(row.personal == ["reason": "On call"])
            #expect(try await api.send(.patch, path, #"{"first_name":""}"#, headers: root).pointers == ["/first_name"])
            #expect(try await api.send(.patch, path, #"{"reason":""}"#, headers: root).pointers == ["/reason"])
        }
    }

    @Test func `the right to administer goes to no account that was never proven`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            _ = try await api.register()
            let path = "\(Self.path)/\(try await api.id())"
            let answer = try await api.send(.patch, path, #"{"is_superuser":true}"#, headers: root)
            #expect(answer.status == 409 && answer.code == "state_conflict")
        }
    }

    @Test(arguments: [nil, #"{"reason":"Spam"}"#])
    func `an account is deleted in 14 days, with a reason or without`(body: String?) async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            let ada = try await api.registerProven()
            let path = "\(Self.path)/\(try await api.id())"
            let answer = try await api.send(.delete, path, body, headers: root)
            #expect(answer.status == 202)
            #expect(answer["purge_at"] as? String == (api.time.now + .days(14)).description)
            #expect(try await api.me(ada.access).code == "session_revoked")
            #expect(try await api.mails("deletion_scheduled", to: "ada@example.com").count == 1)
            let shown = try await api.send(.get, path, headers: root)
            #expect(shown["purge_at"] as? String == answer["purge_at"] as? String)
            #expect(shown["is_active"] as? Bool == false)
            let row = try #require(try await api.audit().first { $0.action == "user.deletion_requested" })
            #expect(row.personal == (body == nil ? [:] : ["reason": "Spam"]))
        }
    }

    @Test func `an account is closed and opened again, and why is shown to administrators`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator()
            let ada = try await api.registerProven()
            let path = "/admin/users/\(try await api.id())"
            #expect(try await api.post("\(path)/suspend", "{}", as: root.access).pointers == ["/reason"])
            #expect(try await api.post("\(path)/suspend", #"{"reason":" "}"#, as: root.access).pointers == ["/reason"])
            let closed = try await api.post("\(path)/suspend", Self.reason, as: root.access)
            #expect(closed.status == 200)
            #expect(closed["suspended_at"] as? String == api.time.now.description)
            #expect(closed["suspension_reason"] as? String == "Ticket 4711")
            #expect(try await api.me(ada.access).code == "session_revoked")
            #expect(try await api.signIn().code == "account_suspended")
            let shown = try await api.send(.get, "/api/v1\(path)", headers: TestAPI.bearer(root.access))
            #expect(shown.text == closed.text)
            let opened = try await api.post("\(path)/unsuspend", Self.reason, as: root.access)
            #expect(opened["suspended_at"] is String == false && opened["suspension_reason"] is String == false)
            #expect(try await api.signIn().status == 200)
            let actions = Set(try await api.audit().map(\.action))
            #expect(actions.isSuperset(of: ["user.suspended", "user.unsuspended"]))
        }
    }

    @Test func `somebody's devices are listed and signed out`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            let ada = try await api.registerProven()
            _ = try await api.login()
            let path = "\(Self.path)/\(try await api.id())/sessions"
            let listed = try await api.send(.get, path, headers: root)
            #expect(listed.status == 200 && listed.data.count == 2)
            #expect(listed.data.allSatisfy { $0["current"] as? Bool == false && $0["refresh_hash"] == nil })
            #expect(try await api.send(.delete, path, headers: root).status == 204)
            #expect(try await api.me(ada.access).code == "session_revoked")
            #expect(try await api.send(.get, path, headers: root).data.isEmpty)
            #expect(try await api.mails("sessions_ended", to: "ada@example.com").count == 1)
            #expect(try await api.audit().first { $0.action == "session.revoked" }?.changes["count"] == "2")
        }
    }

    @Test func `second factors that were lost are reset, and no mail alone gets in`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            let ada = try await api.registerProven()
            _ = try await api.enrol(as: ada.access)
            let path = "\(Self.path)/\(try await api.id())"
            #expect(try await api.send(.delete, "\(path)/mfa", headers: root).status == 415)
            #expect(try await api.send(.delete, "\(path)/mfa", "{}", headers: root).pointers == ["/reason"])
            #expect(try await api.send(.delete, "\(path)/mfa", Self.reason, headers: root).status == 204)
            #expect(try await api.me(ada.access).code == "session_revoked")
            let shown = try await api.send(.get, path, headers: root)
            #expect(shown["mfa_enabled"] as? Bool == false && shown["second_factor_reset_at"] is String)
            #expect(try await api.mails("second_factor_reset", to: "ada@example.com").count == 1)
            for ask in ["/auth/magic-link", "/auth/password/forgot"] {
                #expect(try await api.post(ask, #"{"email":"ada@example.com"}"#).status == 202)
            }
            for kind in ["magic_link", "reset_password"] { #expect(try await api.mails(kind).isEmpty) }
            #expect(try await api.signIn()["status"] as? String == "ok")
            api.pass(seconds: 61)
            _ = try await api.magicToken()
        }
    }
}
