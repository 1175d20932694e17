import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Looking anew at what the DNS proved.
struct DomainCheckTests {
    let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    private let name = "_plinth-challenge.example.org"

    private func isVerified(_ domain: TeamDomain) async throws -> Bool {
        try await test.system.teamDomains.find(domain.id, in: domain.teamID)?.verification != nil
    }

    private func pass(days: Int64) async throws {
        for _ in 0..<days {
            test.time.advance(by: .days(1))
            test.time.advance(by: .seconds(1))
            try await test.teams.checkDomains()
        }
    }

    @Test func `a record that is gone for a week proves nothing any more, and members stay`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let hedy = try await test.person("hedy", isVerified: true)
        let team = try await test.team(of: ada)
        let domain = try await test.verifiedDomain("example.org", of: team, by: ada)
        _ = try await test.teams.join(team.id, by: grace, origin: test.origin)
        test.records.set([], of: name)
        try await pass(days: 7)
        #expect(try await isVerified(domain))
        #expect(try await test.teams.joinableTeams(for: hedy).count == 1)
        try await pass(days: 1)
        #expect(try await isVerified(domain) == false)
        #expect(try await test.teams.joinableTeams(for: hedy).isEmpty)
        #expect(try await test.role(of: grace, in: team) == .member)
        #expect(
            try await test.actions(in: team, of: "domain") == [
                "domain.added", "domain.verified", "domain.unverified",
            ])
        // It can be proven again, within a week.
        test.records.set(["plinth-verification=\(domain.challenge)"], of: name)
        let again = try await test.teams.verifyDomainByRecord(domain.id, of: team.id, by: ada, origin: test.origin)
        #expect(again.verification != nil)
    }

    @Test func `a record that comes back counts anew, and a silent server for nothing`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try await test.verifiedDomain("example.org", of: team, by: ada)
        test.records.set([], of: name)
        try await pass(days: 7)
        test.records.set(["plinth-verification=\(domain.challenge)"], of: name)
        try await pass(days: 1)
        test.records.setUnavailable(true)
        try await pass(days: 20)
        #expect(try await isVerified(domain))
        test.records.setUnavailable(false)
        test.records.set([], of: name)
        try await pass(days: 7)
        #expect(try await isVerified(domain))
        try await pass(days: 1)
        #expect(try await isVerified(domain) == false)
    }

    @Test func `it is asked for once a day, and only for what the DNS proved`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        _ = try await test.verifiedDomain("example.org", of: team, by: ada)
        let mailed = try await test.domain("example.com", of: team, by: ada)
        _ = try await test.teams.mailDomainLink(mailed.id, of: team.id, by: ada, origin: test.origin)
        try await test.teams.confirmDomain(test.token(), origin: test.origin)
        _ = try await test.domain("example.net", of: team, by: ada)
        let asked = test.records.asked.count
        try await test.teams.checkDomains()
        #expect(test.records.asked.count == asked)
        try await pass(days: 1)
        try await test.teams.checkDomains()
        #expect(test.records.asked.dropFirst(asked) == [name])
        #expect(try await isVerified(mailed))
    }
}
