import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// What people are told of what others do in a team.
struct TeamNoticeTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    @Test func `who is removed, or gets another role, is told in the application and by mail`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        _ = try await test.teams.setRole(.viewer, of: grace.user.id, in: team.id, by: ada, origin: test.origin)
        try await test.tellNotices()
        test.time.advance(by: .seconds(1))
        try await test.teams.remove(grace.user.id, from: team.id, by: ada, origin: test.origin)
        try await test.tellNotices()
        let told = try await test.notices(of: grace)
        #expect(told.map(\.kind) == [.teamRoleChanged, .removedFromTeam])
        #expect(told.last?.title == "You are no longer in the team Analytical Engines" && told.last?.path == "/teams")
        #expect(told.first?.path == "/teams/\(team.id)")
        let mails = try await test.mails()
        #expect(mails.map(\.kind.rawValue) == ["removed_from_team", "team_role_changed"])
        #expect(mails.allSatisfy { $0.to == "grace@example.org" && $0.values == ["team": "Analytical Engines"] })
        #expect(mails.map { $0.unsubscribePath != nil } == [false, true])
        #expect(try await test.notices(of: ada).isEmpty)
    }

    @Test func `what somebody does to themselves is no news to them`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .owner)
        _ = try await test.teams.setRole(.admin, of: grace.user.id, in: team.id, by: grace, origin: test.origin)
        try await test.teams.leave(team.id, by: grace, origin: test.origin)
        try await test.tellNotices()
        #expect(try await test.notices(of: grace).isEmpty)
    }

    @Test func `both are told when ownership moves, the one who gave it too`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        _ = try await test.teams.transferOwnership(of: team.id, to: grace.user.id, by: ada, origin: test.origin)
        try await test.tellNotices()
        #expect(try await test.notices(of: grace).map(\.kind) == [.teamOwnershipReceived])
        #expect(try await test.notices(of: ada).map(\.kind) == [.teamOwnershipGiven])
        #expect(
            Set(try await test.mails().map(\.kind.rawValue)) == ["team_ownership_received", "team_ownership_given"])
    }

    @Test func `whoever becomes the primary owner because another one leaves is told`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .owner)
        try await test.teams.leave(team.id, by: ada, origin: test.origin)
        try await test.tellNotices()
        #expect(try await test.notices(of: grace).map(\.kind) == [.teamOwnershipReceived])
        #expect(try await test.log(of: grace) == ["team.ownership_transferred"])
    }

    @Test func `an invitation is shown to whoever has proven the address, and mailed once`() async throws {
        let ada = try await test.person("ada")
        let proven = try await test.person("grace", isVerified: true)
        let unproven = try await test.person("linus")
        let team = try await test.team(of: ada)
        for name in ["grace", "linus", "nobody"] { try await test.invite("\(name)@example.org", to: team, by: ada) }
        try await test.tellNotices()
        let told = try await test.notices(of: proven)
        #expect(told.map(\.kind) == [.teamInvitation] && told.first?.path == "/invitations")
        #expect(try await test.notices(of: unproven).isEmpty)
        #expect(Set(try await test.mails().map(\.kind.rawValue)) == ["invitation"])
        #expect(try await test.mails().count == 3)
    }

    @Test func `an invitation that is over before its turn is told to nobody`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        let invitation = try await test.invite("grace@example.org", to: team, by: ada)
        try await test.teams.revoke(invitation.id, of: team.id, by: ada, origin: test.origin)
        try await test.tellNotices()
        #expect(try await test.notices(of: grace).isEmpty)
    }

    @Test func `a name that could be an advertisement stands in no notice`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada, named: "Win at http://evil.example")
        try await test.join(team, grace, as: .member)
        try await test.teams.remove(grace.user.id, from: team.id, by: ada, origin: test.origin)
        try await test.tellNotices()
        #expect(try await test.notices(of: grace).map(\.title) == ["You are no longer in a team"])
        #expect(try await test.mails().map(\.values) == [["team": ""]])
    }

    @Test func `the owners are told of a paused webhook, as each chose`() async throws {
        let (ada, grace, member) = (
            try await test.person("ada"), try await test.person("grace"), try await test.person("member")
        )
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .owner)
        try await test.join(team, member, as: .admin)
        try await test.system.notifications.choose([], for: .webhookPaused, of: grace.user.id)
        try await TeamNotice.webhookPaused(in: team.id)
            .enqueue(in: test.system, at: test.time.now, randomness: .seeded(3))
        try await test.tellNotices()
        #expect(try await test.notices(of: ada).map(\.kind) == [.webhookPaused])
        #expect(try await test.mails().map(\.to) == ["ada@example.org"])
        #expect(try await test.notices(of: grace).isEmpty)
        #expect(try await test.notices(of: member).isEmpty)
    }
}
