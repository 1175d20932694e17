import Auth
import Core
import Persistence
import Teams
import Testing

/// What a team asks of its members.
struct TeamConditionsTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    @Test func `a team that wants a second factor keeps those without one out, who may still leave`() async throws {
        let ada = try await test.person("ada", secondFactor: true)
        let grace = try await test.person("grace")
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .admin)
        let settings = TeamSettings(requiresSecondFactor: true)
        await #expect(throws: TeamError.shutsOutOneself) {
            try await test.teams.setSettings(of: team.id, to: settings, by: grace, origin: test.origin)
        }
        #expect(
            try await test.teams.setSettings(of: team.id, to: settings, by: ada, origin: test.origin).team.settings
                == settings)
        await #expect(throws: TeamError.secondFactorRequired) {
            try await test.teams.find(team.id, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.secondFactorRequired) {
            try await test.teams.update(team.id, name: TeamName("B"), slug: nil, by: grace, origin: test.origin)
        }
        #expect(try await test.teams.list(of: grace, page: PageRequest()).items.map(\.team.id) == [team.id])
        try await test.teams.leave(team.id, by: grace, origin: test.origin)
        #expect(try await test.role(of: grace, in: team) == nil)
    }

    @Test func `a team is used from its addresses only`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let office = try #require(AddressRange("192.0.2.0/24"))
        let elsewhere = RequestOrigin(ip: "203.0.113.9", userAgent: nil, requestID: nil)
        let home = try #require(AddressRange("203.0.113.0/24"))
        await #expect(throws: TeamError.shutsOutOneself) {
            try await test.teams.setSettings(
                of: team.id, to: TeamSettings(addressRanges: [home]), by: ada, origin: test.origin)
        }
        _ = try await test.teams.setSettings(
            of: team.id, to: TeamSettings(addressRanges: [office]), by: ada, origin: test.origin)
        _ = try await test.teams.find(team.id, by: ada, origin: test.origin)
        for origin in [elsewhere, RequestOrigin.none] {
            await #expect(throws: TeamError.addressNotAllowed) {
                try await test.teams.find(team.id, by: ada, origin: origin)
            }
        }
    }

    @Test func `no more ranges than there may be`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let ranges = (0...TeamSettings.mostAddressRanges).compactMap { AddressRange("192.0.2.\($0)") }
        await #expect(throws: TeamError.tooMany) {
            try await test.teams.setSettings(
                of: team.id, to: TeamSettings(addressRanges: ranges), by: ada, origin: test.origin)
        }
    }
}
