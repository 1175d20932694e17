import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Offers to join a team, over HTTP. A team has five seats here.
struct InvitationRoutesTests {
    @Test func `an address is invited, sees whose invitation it is, and joins`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.invite(#"{"email":"Bob@example.com","role":"viewer"}"#, to: team, as: own.access)
            #expect(made.status == 201 && made["status"] as? String == "pending" && made["role"] as? String == "viewer")
            #expect(made["email"] as? String == "Bob@example.com" && made["link"] is [String: Any] == false)
            let id = try #require(made["id"] as? String)
            #expect(made.headers[.location] == "/api/v1/teams/\(team)/invitations/\(id)")
            let token = try await api.token(in: "invitation", to: "Bob@example.com")
            let seen = try await api.send(.get, "/api/v1/invitations/\(token)")
            #expect(seen.status == 200 && seen["email_masked"] as? String == "B•••@e•••.com")
            #expect((seen["team"] as? [String: Any])?["name"] as? String == "Engines")
            #expect((seen["inviter"] as? [String: Any])?["first_name"] as? String == "Ada")
            #expect(!seen.text.contains("ob@example"))
            let bob = try await api.registerProven("bob@example.com")
            #expect(
                try await api.send(.get, "/api/v1/users/me/invitations", headers: TestAPI.bearer(bob.access)).data.count
                    == 1)
            let joined = try await api.post("/invitations/\(token)/accept", as: bob.access)
            #expect(joined.status == 200 && joined["role"] as? String == "viewer")
            #expect(try await api.teams(.get, "/\(team)", as: bob.access).status == 200)
            let again = try await api.post("/invitations/\(token)/accept", as: bob.access)
            #expect(again.status == 410 && again.code == "invitation_unavailable")
            #expect(try await api.send(.get, "/api/v1/invitations/\(token)").status == 410)
            let list = try await api.teams(.get, "/\(team)/invitations", as: own.access)
            #expect(list.data.map { $0["status"] as? String } == ["accepted"])
        }
    }

    @Test func `registering with its token opens a proven account that is signed in`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            let own = try await api.signedInProven()
            let team = try await api.team(as: own.access)
            _ = try await api.invite(#"{"email":"bob@example.com","role":"member"}"#, to: team, as: own.access)
            let token = try await api.token(in: "invitation", to: "bob@example.com")
            let wrong = try await api.register(email: "eve@example.com", invitation: token)
            #expect(wrong.status == 400 && wrong.code == "invalid_token")
            let made = try await api.register(email: "bob@example.com", invitation: token)
            #expect(made.status == 201)
            #expect((made["user"] as? [String: Any])?["email_verified"] as? Bool == true)
            let access = try #require(made["access_token"] as? String)
            #expect(try await api.post("/invitations/\(token)/accept", as: access).status == 200)
            // A taken address is told so by mail, as without an invitation.
            _ = try await api.invite(#"{"email":"ada@example.com","role":"member"}"#, to: team, as: own.access)
            let later = try await api.register(email: "bob@example.com", invitation: nil)
            #expect(later.status == 202)
        }
    }

    @Test func `somebody else's, unknown and unproven are told apart by those who have the token`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            _ = try await api.invite(#"{"email":"bob@example.com","role":"member"}"#, to: team, as: own.access)
            let token = try await api.token(in: "invitation", to: "bob@example.com")
            let eve = try await api.registerProven("eve@example.com")
            let other = try await api.post("/invitations/\(token)/accept", as: eve.access)
            #expect(other.status == 403 && other.code == "email_mismatch")
            let bob = try await api.register("bob@example.com")
            let unproven = try await api.post("/invitations/\(token)/accept", as: bob.access)
            #expect(unproven.status == 403 && unproven.code == "email_not_verified")
            #expect(try await api.post("/invitations/\(token)/accept").status == 401)
            #expect(try await api.post("/invitations/nothing/accept", as: eve.access).status == 404)
            #expect(try await api.send(.get, "/api/v1/invitations/nothing").status == 404)
        }
    }

    @Test func `declining needs the token alone`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            _ = try await api.invite(#"{"email":"bob@example.com","role":"member"}"#, to: team, as: own.access)
            let token = try await api.token(in: "invitation", to: "bob@example.com")
            #expect(try await api.post("/invitations/\(token)/decline").status == 204)
            #expect(try await api.post("/invitations/\(token)/decline").status == 410)
            #expect(try await api.post("/invitations/nothing/decline").status == 404)
        }
    }

    @Test func `many are invited with a report, and the plan's end is told with numbers`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let emails = (1...5).map { "\"p\($0)@example.com\"" }.joined(separator: ",")
            let made = try await api.invite(
                #"{"emails":["ada@example.com",\#(emails)],"role":"member"}"#, to: team, as: own.access)
            #expect(made.status == 201)
            let results = made["results"] as? [[String: Any]] ?? []
            #expect(
                results.map { $0["code"] as? String }
                    == ["already_member", nil, nil, nil, nil, "upgrade_required"])
            let full = try await api.invite(#"{"email":"p9@example.com","role":"member"}"#, to: team, as: own.access)
            #expect(full.status == 403 && full.code == "upgrade_required")
            #expect(full["limit"] as? Int == 5 && full["used"] as? Int == 5 && full["upgrade_url"] is String)
        }
    }

    @Test func `a link is shown once and taken by the domain's addresses`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.invite(
                #"{"link":true,"role":"member","allowed_domains":["example.com"],"max_uses":1}"#, to: team,
                as: own.access)
            #expect(made.status == 201)
            let url = try #require(made["url"] as? String)
            let parts = url.split(separator: "?token=")
            #expect(parts.first == "\(TestAPI.origin)/invitation")
            let token = try #require(parts.last)
            let list = try await api.teams(.get, "/\(team)/invitations", as: own.access)
            #expect(!list.text.contains(token))
            let eve = try await api.registerProven("eve@evil.example")
            #expect(try await api.post("/invitations/\(token)/accept", as: eve.access).code == "email_mismatch")
            let bob = try await api.registerProven("bob@example.com")
            #expect(try await api.post("/invitations/\(token)/accept", as: bob.access).status == 200)
            let carol = try await api.registerProven("carol@example.com")
            #expect(try await api.post("/invitations/\(token)/accept", as: carol.access).status == 410)
        }
    }

    @Test func `sent again after a minute, and taken back`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.invite(#"{"email":"bob@example.com","role":"member"}"#, to: team, as: own.access)
            let id = try #require(made["id"] as? String)
            let early = try await api.teams(.post, "/\(team)/invitations/\(id)/resend", as: own.access)
            #expect(early.status == 429 && early.headers[.retryAfter] == "60")
            api.pass(seconds: 60)
            let sent = try await api.teams(.post, "/\(team)/invitations/\(id)/resend", as: own.access)
            #expect(sent.status == 202)
            #expect(try await api.mails("invitation", to: "bob@example.com").count == 2)
            #expect(try await api.teams(.delete, "/\(team)/invitations/\(id)", as: own.access).status == 204)
            #expect(try await api.teams(.delete, "/\(team)/invitations/\(id)", as: own.access).status == 410)
        }
    }

    @Test(arguments: [
        (#"{"role":"member"}"#, "/email"), (#"{"email":"a@b.org","link":true,"role":"member"}"#, "/email"),
        (#"{"emails":["a@b.org"],"link":true,"role":"member"}"#, "/emails"),
        (#"{"emails":[],"role":"member"}"#, "/emails"), (#"{"email":"nobody","role":"member"}"#, "/email"),
        (#"{"email":"a@b.org"}"#, "/role"), (#"{"link":true,"role":"member","max_uses":0}"#, "/max_uses"),
        (#"{"link":true,"role":"member","allowed_domains":["x"]}"#, "/allowed_domains/0"),
    ])
    func `what invites nobody is refused with the place`(json: String, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let answer = try await api.invite(json, to: team, as: own.access)
            #expect(answer.status == 422 && answer.pointers == [pointer])
        }
    }

    @Test func `who may not invite is refused, and a stranger sees no team`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let json = #"{"email":"carol@example.com","role":"member"}"#
            #expect(try await api.invite(json, to: team, as: other.access).status == 404)
            try await api.join(team, other.access, as: .member)
            #expect(try await api.invite(json, to: team, as: other.access).code == "forbidden")
            #expect(try await api.teams(.get, "/\(team)/invitations", as: other.access).code == "forbidden")
        }
    }
}

extension TestAPI {
    fileprivate func invite(_ json: String, to team: String, as access: String) async throws -> TestAnswer {
        try await teams(.post, "/\(team)/invitations", json, as: access)
    }

    fileprivate func register(email: String, invitation: String?) async throws -> TestAnswer {
        let token = invitation.map { #","invitation_token":"\#($0)""# } ?? ""
        return try await post(
            "/auth/register",
            #"{"email":"\#(email)","password":"\#(Self.password)","first_name":"Bob","last_name":"Byron"\#(token)}"#)
    }

    /// Where an address must be proven before anybody is signed in.
    fileprivate func signedInProven(_ email: String = "ada@example.com") async throws -> Tokens {
        _ = try await register(email: email, invitation: nil)
        let token = try await token(in: "verify_email", to: email)
        #expect(try await post("/auth/email/verify", Self.proof(token)).status == 200)
        return try Self.tokens(of: try await signIn(email))
    }
}
