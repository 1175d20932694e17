import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Making, finding, changing and removing teams.
struct TeamLifeTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    @Test func `who makes a team is its primary owner and only member`() async throws {
        let ada = try await test.person("ada")
        let made = try await test.teams.create(
            name: TeamName(stored: "Ötzi & Söhne"), slug: nil, by: ada, origin: test.origin)
        #expect(made.team.slug.text == "otzi-sohne" && made.team.ownerID == ada.user.id)
        #expect(made.member?.role == .owner && made.permissions == Permission.ofTeams)
        #expect(try await test.teams.find(made.team.id, by: ada, origin: test.origin) == made)
        #expect(try await test.teams.list(of: ada, page: PageRequest()).items == [made])
    }

    @Test func `a name in addresses that is taken is refused where it was asked for, and marked where it was not`()
        async throws
    {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let (name, slug) = (TeamName(stored: "Engines"), try #require(TeamSlug("engines")))
        let first = try await test.teams.create(name: name, slug: slug, by: ada, origin: test.origin).team
        await #expect(throws: TeamError.slugTaken) {
            try await test.teams.create(name: name, slug: slug, by: grace, origin: test.origin)
        }
        let second = try await test.teams.create(name: name, slug: nil, by: grace, origin: test.origin).team
        #expect(second.slug.text.hasPrefix("engines-") && second.slug != first.slug)
        await #expect(throws: TeamError.slugTaken) {
            try await test.teams.update(second.id, name: nil, slug: slug, by: grace, origin: test.origin)
        }
        #expect(try await test.teams.find(second.id, by: grace, origin: test.origin).team == second)
    }

    @Test func `an API key makes no team, nor does an account on its way to deletion`() async throws {
        let ada = try await test.person("ada")
        await #expect(throws: AuthError.sessionRequired) {
            try await test.teams.create(
                name: TeamName(stored: "A"), slug: nil, by: test.key(of: ada, scopes: [.teamWrite]), origin: test.origin
            )
        }
        let leaving = try await test.person("grace", pendingDeletion: true)
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await test.teams.create(name: TeamName(stored: "A"), slug: nil, by: leaving, origin: test.origin)
        }
    }

    @Test func `to strangers a team does not exist, whatever they ask`() async throws {
        let (ada, stranger) = (try await test.person("ada"), try await test.person("mallory"))
        let team = try await test.team(of: ada)
        let (teams, origin) = (test.teams, test.origin)
        let absent = ID<Team>(high: 1, low: 2)
        for id in [team.id, absent] {
            let asked: [@Sendable () async throws -> Void] = [
                { _ = try await teams.find(id, by: stranger, origin: origin) },
                { _ = try await teams.update(id, name: TeamName("B"), slug: nil, by: stranger, origin: origin) },
                { _ = try await teams.setSettings(of: id, to: TeamSettings(), by: stranger, origin: origin) },
                { try await teams.delete(id, by: stranger, origin: origin) },
                { _ = try await teams.members(of: id, by: stranger, origin: origin, page: PageRequest()) },
                { _ = try await teams.setRole(.owner, of: stranger.user.id, in: id, by: stranger, origin: origin) },
                { try await teams.remove(ada.user.id, from: id, by: stranger, origin: origin) },
                { try await teams.leave(id, by: stranger, origin: origin) },
                { _ = try await teams.transferOwnership(of: id, to: stranger.user.id, by: stranger, origin: origin) },
                { _ = try await teams.roles(of: id, by: stranger, origin: origin) },
                {
                    _ = try await teams.createRole(
                        name: TeamName(stored: "R"), permissions: [.teamRead], in: id, by: stranger, origin: origin)
                },
            ]
            for ask in asked { await #expect(throws: TeamError.notFound) { try await ask() } }
        }
        #expect(try await teams.find(team.id, by: ada, origin: origin).team == team)
    }

    @Test func `a role allows what it says, and a key no more than its scopes`() async throws {
        let (ada, viewer, admin) = (
            try await test.person("ada"), try await test.person("vera"), try await test.person("adam")
        )
        let team = try await test.team(of: ada)
        try await test.join(team, viewer, as: .viewer)
        try await test.join(team, admin, as: .admin)
        let name = try #require(TeamName("Difference Engines"))
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.update(team.id, name: name, slug: nil, by: viewer, origin: test.origin)
        }
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.delete(team.id, by: admin, origin: test.origin)
        }
        let key = test.key(of: admin, scopes: [.teamRead])
        #expect(try await test.teams.find(team.id, by: key, origin: test.origin).permissions == [.teamRead])
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.update(team.id, name: name, slug: nil, by: key, origin: test.origin)
        }
        let changed = try await test.teams.update(team.id, name: name, slug: nil, by: admin, origin: test.origin)
        #expect(changed.team.name == name && changed.team.version == 2)
    }

    @Test func `what the caller took the team for is asked of the locked row`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        await #expect(throws: TeamError.preconditionFailed) {
            try await test.teams.update(
                team.id, name: TeamName("B"), slug: nil, by: ada, origin: test.origin, if: { $0.team.version == 2 })
        }
        await #expect(throws: TeamError.preconditionFailed) {
            try await test.teams.delete(team.id, by: ada, origin: test.origin, if: { _ in false })
        }
        #expect(try await test.teams.find(team.id, by: ada, origin: test.origin).team == team)
    }

    @Test func `deleting takes a fresh session, and then all of the team is gone`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        test.time.advance(by: .minutes(16))
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await test.teams.delete(team.id, by: ada, origin: test.origin)
        }
        let fresh = Principal(user: ada.user, session: test.session(of: ada.user.id))
        try await test.teams.delete(team.id, by: fresh, origin: test.origin)
        await #expect(throws: TeamError.notFound) {
            try await test.teams.find(team.id, by: fresh, origin: test.origin)
        }
        #expect(try await test.teams.list(of: grace, page: PageRequest()).items.isEmpty)
        #expect(try await test.system.teamMembers.count(in: team.id) == 0)
    }

    @Test func `an administrator of the installation sees every team, but only with a second factor`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let admin = try await test.person("root", secondFactor: true, superuser: true)
        let seen = try await test.teams.find(team.id, by: admin, origin: test.origin)
        #expect(seen.member == nil && seen.permissions == Permission.ofTeams)
        let careless = try await test.person("careless", superuser: true)
        await #expect(throws: TeamError.notFound) {
            try await test.teams.find(team.id, by: careless, origin: test.origin)
        }
        await #expect(throws: TeamError.notFound) {
            try await test.teams.find(
                team.id, by: test.key(of: admin, scopes: Permission.ofTeams), origin: test.origin)
        }
    }

    @Test func `a person is the primary owner of so many teams at most`() async throws {
        let ada = try await test.person("ada")
        for number in 1...Teams.mostOwned { _ = try await test.team(of: ada, named: "Team \(number)") }
        await #expect(throws: TeamError.tooMany) { try await test.team(of: ada, named: "One more") }
    }
}
