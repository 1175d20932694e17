import Core
import Fakes
import Persistence
import Teams
import Testing

@testable import Auth

extension TeamRaceTests {
    @Test func `thirty who join by their domain at once fill the seats and no more`() async throws {
        try await Instances.with(seats: 8) { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            let team = try await instances.team(of: owner)
            let domain = try await instances.domain("example.com", of: team, by: owner)
            _ = try await instances.teams[0].verifyDomainByRecord(domain.id, of: team.id, by: owner, origin: .none)
            var people: [Principal] = []
            for number in 0..<30 {
                people.append(try await instances.signedIn("p\(number)@example.com", isSuperuser: false))
            }
            let results = await instances.raceTeams(30) { [people] teams, index in
                try await teams.join(team.id, by: people[index], origin: .none)
            }
            #expect(results.count { (try? $0.get()) != nil } == 7)
            for case .failure(let error) in results {
                #expect(error as? TeamError == .upgradeRequired(limit: 8, used: 8))
            }
            #expect(try await instances.members(of: team).count == 8)
        }
    }

    @Test func `of teams that prove one domain at once one wins`() async throws {
        try await Instances.with { instances in
            var claims: [(owner: Principal, team: Team, domain: TeamDomain)] = []
            for number in 0..<12 {
                let owner = try await instances.signedIn("o\(number)@example.com", isSuperuser: false)
                let team = try await instances.team(of: owner)
                claims.append((owner, team, try await instances.domain("example.org", of: team, by: owner)))
            }
            let results = await instances.raceTeams(12) { [claims] teams, index in
                let (owner, team, domain) = claims[index]
                return try await teams.verifyDomainByRecord(domain.id, of: team.id, by: owner, origin: .none)
            }
            #expect(results.count { (try? $0.get()) != nil } == 1)
            for case .failure(let error) in results { #expect(error as? TeamError == .domainTaken) }
        }
    }
}

extension Instances {
    /// A domain that is not proven yet, though its record is there.
    fileprivate func domain(_ name: String, of team: Team, by owner: Principal) async throws -> TeamDomain {
        let domain = try await teams[0].addDomain(
            try #require(DomainName(parsing: name)), joiningAs: .member, to: team.id, by: owner, origin: .none)
        records.add("plinth-verification=\(domain.challenge)", to: "_plinth-challenge.\(name)")
        return domain
    }
}
