import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Taking and declining invitations.
struct InvitationAnswerTests {
    @Test func `who is invited joins once, with the role offered`() async throws {
        let test = try TestTeams(seats: 2)
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        _ = try await test.invite("Grace@Example.org", as: .viewer, to: team, by: ada)
        let token = try await test.token()
        #expect(try await test.teams.invitations(to: grace).map(\.teamName) == [team.name])
        let joined = try await test.teams.accept(token, by: grace, origin: test.origin)
        #expect(joined.team == team && joined.member?.role.id == .viewer)
        #expect(try await test.role(of: grace, in: team) == .viewer)
        #expect(try await test.log(of: grace) == ["member.joined"])
        await #expect(throws: TeamError.invitationUnavailable) {
            try await test.teams.accept(token, by: grace, origin: test.origin)
        }
        #expect(try await test.teams.invitations(to: grace).isEmpty)
        #expect(
            try await test.teams.invitations(of: team.id, by: ada, origin: test.origin, page: PageRequest()).items
                .map(\.end) == [.accepted])
    }

    @Test func `only the holder of the address, proven, in an own session`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        let token = try await test.token()
        let grace = try await test.person("grace", isVerified: true)
        let (other, unproven) = (try await test.person("mallory", isVerified: true), try await test.person("grace2"))
        await #expect(throws: TeamError.emailMismatch) {
            try await test.teams.accept(token, by: other, origin: test.origin)
        }
        await #expect(throws: TeamError.emailNotVerified) {
            try await test.teams.accept(token, by: unproven, origin: test.origin)
        }
        await #expect(throws: AuthError.sessionRequired) {
            try await test.teams.accept(
                token, by: test.key(of: grace, scopes: Set(Permission.allCases)), origin: test.origin)
        }
        await #expect(throws: AuthError.impersonating) {
            try await test.teams.accept(token, by: test.impersonated(grace, by: other), origin: test.origin)
        }
        await #expect(throws: TeamError.notFound) {
            try await test.teams.accept("nothing", by: grace, origin: test.origin)
        }
        #expect(try await test.system.teamMembers.count(in: team.id) == 1)
    }

    @Test func `what counts is the account as it stands, not as the request found it`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        let token = try await test.token()
        var changed = grace.user
        changed.email = try EmailAddress(parsing: "hopper@example.org")
        changed = try await test.system.users.update(changed)
        await #expect(throws: TeamError.emailMismatch) {
            try await test.teams.accept(token, by: grace, origin: test.origin)
        }
        (changed.email, changed.deletedAt, changed.purgeAt) = (
            grace.user.email, test.time.now, test.time.now + .days(14)
        )
        _ = try await test.system.users.update(changed)
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await test.teams.accept(token, by: grace, origin: test.origin)
        }
        #expect(try await test.role(of: grace, in: team) == nil)
    }

    @Test func `after its time it is taken by nobody`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        let token = try await test.token()
        test.time.advance(by: .days(7))
        for ask: @Sendable () async throws -> Void in [
            { _ = try await test.teams.accept(token, by: grace, origin: test.origin) },
            { try await test.teams.decline(token, origin: test.origin) },
            { _ = try await test.teams.invitation(token) },
        ] {
            await #expect(throws: TeamError.invitationUnavailable) { try await ask() }
        }
        #expect(try await test.teams.invitations(to: grace).isEmpty)
    }

    @Test func `declining takes the token alone, and frees the seat`() async throws {
        let test = try TestTeams(seats: 2)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        let token = try await test.token()
        try await test.teams.decline(token, origin: test.origin)
        await #expect(throws: TeamError.invitationUnavailable) {
            try await test.teams.decline(token, origin: test.origin)
        }
        await #expect(throws: TeamError.notFound) { try await test.teams.decline("nothing", origin: test.origin) }
        _ = try await test.invite("linus@example.org", to: team, by: ada)
    }

    @Test func `a link is taken by addresses of its domains, so often and while there are seats`() async throws {
        let test = try TestTeams(seats: 3)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try #require(DomainName(parsing: "example.org"))
        let made = try await test.teams.createInvitationLink(
            to: team.id, as: .member, domains: [domain], mostUses: 2, by: ada, origin: test.origin)
        let foreign = try await test.person("eve", at: "evil.example", isVerified: true)
        await #expect(throws: TeamError.emailMismatch) {
            try await test.teams.accept(made.token, by: foreign, origin: test.origin)
        }
        for name in ["one", "two"] {
            let person = try await test.person(name, isVerified: true)
            _ = try await test.teams.accept(made.token, by: person, origin: test.origin)
            if name == "one" {
                // Once more changes nothing and counts for nothing.
                _ = try await test.teams.accept(made.token, by: person, origin: test.origin)
            }
        }
        let third = try await test.person("three", isVerified: true)
        await #expect(throws: TeamError.invitationUnavailable) {
            try await test.teams.accept(made.token, by: third, origin: test.origin)
        }
        let open = try await test.teams.createInvitationLink(
            to: team.id, as: .member, domains: [], mostUses: nil, by: ada, origin: test.origin)
        await #expect(throws: TeamError.upgradeRequired(limit: 3, used: 3)) {
            try await test.teams.accept(open.token, by: third, origin: test.origin)
        }
        await #expect(throws: TeamError.invitationUnavailable) {
            try await test.teams.decline(open.token, origin: test.origin)
        }
    }

    @Test func `a link takes no seat that is held for somebody`() async throws {
        let test = try TestTeams(seats: 2)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let link = try await test.teams.createInvitationLink(
            to: team.id, as: .member, domains: [], mostUses: nil, by: ada, origin: test.origin)
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        let other = try await test.person("other", isVerified: true)
        await #expect(throws: TeamError.upgradeRequired(limit: 2, used: 2)) {
            try await test.teams.accept(link.token, by: other, origin: test.origin)
        }
        let grace = try await test.person("grace", isVerified: true)
        _ = try await test.teams.accept(try await test.token(), by: grace, origin: test.origin)
    }

    @Test func `one to a role of the team's gives that role, which stays while it is offered`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        let role = try await test.teams.createRole(
            name: TeamName(stored: "Auditor"), permissions: [.teamRead, .auditRead], in: team.id, by: ada,
            origin: test.origin)
        _ = try await test.invite("grace@example.org", as: .custom(role.id), to: team, by: ada)
        await #expect(throws: TeamError.roleInUse) {
            try await test.teams.removeRole(role.id, from: team.id, by: ada, origin: test.origin)
        }
        let joined = try await test.teams.accept(try await test.token(), by: grace, origin: test.origin)
        #expect(joined.member?.role == AssignedRole(role))
    }
}
