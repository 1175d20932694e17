import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Inviting by address, sending again, taking back.
struct InvitationTests {
    @Test func `an invitation is mailed with a token that only the receiver gets, and holds a seat`() async throws {
        let test = try TestTeams(seats: 2)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let invitation = try await test.invite("grace@example.org", to: team, by: ada)
        #expect(invitation.role == .member && invitation.expiresAt == test.time.now + .days(7))
        let mail = try #require(try await test.mails().first)
        #expect(mail.kind == .invitation && mail.to == "grace@example.org" && mail.path == "/invitation")
        #expect(mail.values == ["days": "7", "inviter": "ada@example.org", "team": "Analytical Engines"])
        let seen = try await test.teams.invitation(try await test.token())
        #expect(seen.invitation == invitation && seen.teamName == team.name && seen.inviter?.text == "ada")
        await #expect(throws: TeamError.upgradeRequired(limit: 2, used: 2)) {
            try await test.invite("linus@example.org", to: team, by: ada)
        }
    }

    @Test(arguments: [
        ("Analytical Engines", "Analytical Engines"), ("Ötzi & Söhne (2)", "Ötzi & Söhne (2)"),
        ("Visit evil.example now", ""), ("http evil", ""), ("Win $1000!", ""), ("WWW evil example", ""),
    ])
    func `of a team's name a mail to strangers shows what can't be an advertisement`(
        name: String, shown: String
    ) async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada, named: name)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        #expect(try await test.mails().first?.values["team"] == shown)
    }

    @Test func `nobody is invited twice, nor who is in the team`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        await #expect(throws: TeamError.alreadyMember) {
            try await test.invite("GRACE@example.org", to: team, by: ada)
        }
        _ = try await test.invite("linus@example.org", to: team, by: ada)
        test.time.advance(by: .minutes(2))
        await #expect(throws: TeamError.alreadyInvited) {
            try await test.invite("linus@example.org", to: team, by: ada)
        }
        // Its time is over: it holds nothing any more.
        test.time.advance(by: .days(7))
        let again = try await test.invite("linus@example.org", to: team, by: try await test.fresh(ada))
        let page = try await test.teams.invitations(of: team.id, by: ada, origin: test.origin, page: PageRequest())
        #expect(page.items.map { $0.end(at: test.time.now) } == [nil, .expired] && page.items.first == again)
    }

    @Test(arguments: [(RoleID.admin, RoleID.owner), (.admin, .admin), (.member, .viewer), (.viewer, .viewer)])
    func `nobody invites to more than the own role, and only who may invite`(
        actor: RoleID, offered: RoleID
    ) async throws {
        let test = try TestTeams()
        let (ada, acting) = (try await test.person("ada"), try await test.person("acting"))
        let team = try await test.team(of: ada)
        try await test.join(team, acting, as: actor)
        let refusal: TeamError? = actor != .admin ? .forbidden : offered == .owner ? .roleTooHigh : nil
        if let refusal {
            await #expect(throws: refusal) {
                try await test.invite("grace@example.org", as: offered, to: team, by: acting)
            }
            #expect(try await test.mails().isEmpty)
        } else {
            _ = try await test.invite("grace@example.org", as: offered, to: team, by: acting)
            #expect(try await test.mails().count == 1)
        }
    }

    @Test func `many are invited at once, each for itself, up to the seats`() async throws {
        let test = try TestTeams(seats: 4)
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        let emails = try ["one", "grace", "one", "two", "three"].map { try EmailAddress(parsing: "\($0)@example.org") }
        let outcomes = try await test.teams.invite(emails, as: .viewer, to: team.id, by: ada, origin: test.origin)
        let told = outcomes.map { outcome in
            switch outcome {
            case .invited: "invited"
            case .refused(_, let error): "\(error)"
            }
        }
        #expect(
            told == ["invited", "alreadyMember", "alreadyInvited", "invited", "upgradeRequired(limit: 4, used: 4)"])
        #expect(try await test.mails().map(\.to).sorted() == ["one@example.org", "two@example.org"])
        await #expect(throws: TeamError.tooMany) {
            try await test.teams.invite(
                Array(repeating: emails[0], count: 101), as: .viewer, to: team.id, by: ada, origin: test.origin)
        }
    }

    @Test func `sent again it has another token, once a minute, and the one before is dead`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let invitation = try await test.invite("grace@example.org", to: team, by: ada)
        let first = try await test.token()
        await #expect(throws: TeamError.throttled(retryAfter: .seconds(60))) {
            try await test.teams.resend(invitation.id, of: team.id, by: ada, origin: test.origin)
        }
        test.time.advance(by: .minutes(1))
        try await test.teams.resend(invitation.id, of: team.id, by: ada, origin: test.origin)
        await #expect(throws: TeamError.notFound) { try await test.teams.invitation(first) }
        let seen = try await test.teams.invitation(try await test.token())
        #expect(seen.invitation.id == invitation.id && seen.invitation.expiresAt == test.time.now + .days(7))
    }

    @Test func `one that expired can be sent again while there is a seat`() async throws {
        let test = try TestTeams(seats: 2)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let invitation = try await test.invite("grace@example.org", to: team, by: ada)
        test.time.advance(by: .days(8))
        try await test.teams.sweepInvitations(retention: .days(90))
        let other = try await test.invite("linus@example.org", to: team, by: ada)
        await #expect(throws: TeamError.upgradeRequired(limit: 2, used: 2)) {
            try await test.teams.resend(invitation.id, of: team.id, by: ada, origin: test.origin)
        }
        try await test.teams.revoke(other.id, of: team.id, by: ada, origin: test.origin)
        test.time.advance(by: .minutes(1))
        try await test.teams.resend(invitation.id, of: team.id, by: ada, origin: test.origin)
        #expect(try await test.teams.invitation(try await test.token()).invitation.id == invitation.id)
    }

    @Test func `one that expired is not sent again beside another one, nor to a member`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let first = try await test.invite("grace@example.org", to: team, by: ada)
        test.time.advance(by: .days(8))
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        test.time.advance(by: .minutes(1))
        await #expect(throws: TeamError.alreadyInvited) {
            try await test.teams.resend(first.id, of: team.id, by: ada, origin: test.origin)
        }
        let grace = try await test.person("grace", isVerified: true)
        _ = try await test.teams.accept(try await test.token(), by: grace, origin: test.origin)
        test.time.advance(by: .minutes(1))
        await #expect(throws: TeamError.alreadyMember) {
            try await test.teams.resend(first.id, of: team.id, by: ada, origin: test.origin)
        }
    }

    @Test func `one taken back is dead and frees its seat, and is not taken back or sent again`() async throws {
        let test = try TestTeams(seats: 2)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let invitation = try await test.invite("grace@example.org", to: team, by: ada)
        try await test.teams.revoke(invitation.id, of: team.id, by: ada, origin: test.origin)
        let token = try await test.token()
        await #expect(throws: TeamError.invitationUnavailable) { try await test.teams.invitation(token) }
        await #expect(throws: TeamError.invitationUnavailable) {
            try await test.teams.revoke(invitation.id, of: team.id, by: ada, origin: test.origin)
        }
        await #expect(throws: TeamError.invitationUnavailable) {
            try await test.teams.resend(invitation.id, of: team.id, by: ada, origin: test.origin)
        }
        _ = try await test.invite("linus@example.org", to: team, by: ada)
    }

    @Test func `another team's invitation is none`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let (team, others) = (try await test.team(of: ada, named: "A"), try await test.team(of: grace, named: "B"))
        let invitation = try await test.invite("linus@example.org", to: others, by: grace)
        await #expect(throws: TeamError.notFound) {
            try await test.teams.revoke(invitation.id, of: team.id, by: ada, origin: test.origin)
        }
        await #expect(throws: TeamError.notFound) {
            try await test.teams.resend(invitation.id, of: team.id, by: ada, origin: test.origin)
        }
        #expect(
            try await test.teams.invitations(of: team.id, by: ada, origin: test.origin, page: PageRequest()).items
                .isEmpty)
    }

    @Test func `ended ones are swept when nobody needs them`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        test.time.advance(by: .days(97))
        try await test.teams.sweepInvitations(retention: .days(90))
        let kept = try await test.teams.invitations(of: team.id, by: ada, origin: test.origin, page: PageRequest())
        #expect(kept.items.map { $0.end(at: test.time.now) } == [.expired])
        test.time.advance(by: .seconds(1))
        try await test.teams.sweepInvitations(retention: .days(90))
        #expect(
            try await test.teams.invitations(of: team.id, by: ada, origin: test.origin, page: PageRequest()).items
                .isEmpty)
    }
}
