import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// For whom flags are asked, and what administrators see of all teams.
struct TeamFlagTests {
    @Test func `flags are asked for a person alone, or in one of the own teams with its plan`() async throws {
        let test = try TestTeams(plan: "pro")
        let (ada, grace) = (
            try await test.person("ada", isVerified: true), try await test.person("grace")
        )
        let team = try await test.team(of: ada)
        func subject(_ principal: Principal, _ team: Team?) async throws -> FlagSubject {
            try await test.teams.flagSubject(of: principal, in: team?.id, origin: test.origin)
        }
        #expect(try await subject(ada, nil) == FlagSubject(user: ada.user.id, emailDomain: "example.org"))
        #expect(
            try await subject(ada, team)
                == FlagSubject(user: ada.user.id, team: team.id, plan: "pro", emailDomain: "example.org"))
        #expect(try await subject(grace, nil) == FlagSubject(user: grace.user.id))
        await #expect(throws: TeamError.notFound) { try await subject(grace, team) }
        try await test.join(team, grace, as: .viewer)
        #expect(try await subject(grace, team).plan == "pro")
        let root = try await test.person("root", secondFactor: true, superuser: true)
        await #expect(throws: TeamError.notFound) { try await subject(root, team) }
    }

    @Test func `administrators see all teams, nobody else does`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let root = try await test.person("root", secondFactor: true, superuser: true)
        let team = try await test.team(of: ada)
        let overview = TeamOverview(team: team, owner: ada.user, memberCount: 1)
        #expect(try await test.teams.overview(of: team.id, by: root) == overview)
        let page = PageRequest()
        #expect(try await test.teams.listAll(matching: .everything, by: root, page: page).items == [overview])
        await #expect(throws: TeamError.notFound) { try await test.teams.overview(of: ID(high: 1, low: 1), by: root) }
        await #expect(throws: AuthError.forbidden) { try await test.teams.overview(of: team.id, by: ada) }
        await #expect(throws: AuthError.forbidden) {
            try await test.teams.listAll(matching: .everything, by: ada, page: page)
        }
        let careless = try await test.person("careless", superuser: true)
        await #expect(throws: AuthError.secondFactorRequired) {
            try await test.teams.listAll(matching: .everything, by: careless, page: page)
        }
    }
}
