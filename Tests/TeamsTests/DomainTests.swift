import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Saying that a domain is a team's own.
struct DomainTests {
    let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    private let name = "_plinth-challenge.example.org"

    @Test func `what is not proven in a week is over, and can be added anew`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try await test.domain("example.org", of: team, by: ada)
        await #expect(throws: TeamError.domainExists) { try await test.domain("example.org", of: team, by: ada) }
        test.records.set(["plinth-verification=\(domain.challenge)"], of: name)
        test.time.advance(by: .days(7))
        await #expect(throws: TeamError.domainExpired) { try await test.verify(domain, of: team, by: ada) }
        await #expect(throws: TeamError.domainExpired) { try await test.mail(domain, of: team, by: ada) }
        let anew = try await test.domain("example.org", of: team, by: ada)
        #expect(anew.challenge != domain.challenge)
        test.time.advance(by: .days(37))
        try await test.teams.sweepDomains(retention: .days(30))
        #expect(try await test.system.teamDomains.count(in: team.id) == 1)
        test.time.advance(by: .seconds(1))
        try await test.teams.sweepDomains(retention: .days(30))
        #expect(try await test.system.teamDomains.count(in: team.id) == 0)
    }

    @Test(arguments: ["gmail.com", "outlook.com", "proton.me", "qq.com"])
    func `a domain where everybody has an address is no team's`(domain: String) async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        await #expect(throws: TeamError.domainUnsuitable) { try await test.domain(domain, of: team, by: ada) }
    }

    @Test func `a domain whose record would have too long a name is refused`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let label = String(repeating: "a", count: 60)
        let long = [label, label, label, String(repeating: "a", count: 50), "org"].joined(separator: ".")
        #expect(long.utf8.count == 237)
        await #expect(throws: TeamError.domainUnsuitable) { try await test.domain(long, of: team, by: ada) }
        _ = try await test.domain(String(long.dropFirst(2)), of: team, by: ada)
    }

    @Test func `nobody offers more than they have, and nobody an owner's place`() async throws {
        let (ada, bob) = (try await test.person("ada"), try await test.person("bob"))
        let team = try await test.team(of: ada)
        let role = try await test.teams.createRole(
            name: TeamName(stored: "Keeper"), permissions: [.teamRead, .teamWrite], in: team.id, by: ada,
            origin: test.origin)
        try await test.join(team, bob, having: AssignedRole(role))
        await #expect(throws: TeamError.roleTooHigh) { try await test.domain("example.org", of: team, by: bob) }
        await #expect(throws: TeamError.unknownRole) {
            try await test.domain("example.org", as: .owner, of: team, by: ada)
        }
        let domain = try await test.domain("example.org", as: .custom(role.id), of: team, by: bob)
        #expect(domain.role == .custom(role.id))
        try await test.teams.remove(bob.user.id, from: team.id, by: ada, origin: test.origin)
        await #expect(throws: TeamError.roleInUse) {
            try await test.teams.removeRole(role.id, from: team.id, by: ada, origin: test.origin)
        }
        try await test.teams.removeDomain(domain.id, from: team.id, by: ada, origin: test.origin)
        try await test.teams.removeRole(role.id, from: team.id, by: ada, origin: test.origin)
    }

    @Test func `members look, those who may write change, others find nothing`() async throws {
        let (ada, bob) = (try await test.person("ada"), try await test.person("bob"))
        let team = try await test.team(of: ada)
        let eve = try await test.person("eve")
        try await test.join(team, bob, as: .viewer)
        let domain = try await test.domain("example.org", of: team, by: ada)
        for (principal, error) in [(bob, TeamError.forbidden), (eve, .notFound)] {
            let acts: [@Sendable () async throws -> Void] = [
                { _ = try await test.domain("example.com", of: team, by: principal) },
                { _ = try await test.verify(domain, of: team, by: principal) },
                { _ = try await test.mail(domain, of: team, by: principal) },
                {
                    try await test.teams.removeDomain(domain.id, from: team.id, by: principal, origin: test.origin)
                },
            ]
            for act in acts { await #expect(throws: error) { try await act() } }
        }
        #expect(test.records.asked.isEmpty)
        let seen = try await test.teams.domains(of: team.id, by: bob, origin: test.origin, page: PageRequest())
        #expect(seen.items == [domain])
        await #expect(throws: TeamError.notFound) {
            try await test.teams.domains(of: team.id, by: eve, origin: test.origin, page: PageRequest())
        }
    }

    @Test func `a team has twenty domains and no more`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        for number in 0..<TeamDomain.mostOfTeam {
            _ = try await test.domain("d\(number).example.org", of: team, by: ada)
        }
        await #expect(throws: TeamError.tooMany) { try await test.domain("example.com", of: team, by: ada) }
    }
}
