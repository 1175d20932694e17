import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Joining a team by the domain of one's address.
struct JoinByDomainTests {
    @Test func `who has a proven address there sees the team and joins, as the domain says`() async throws {
        let test = try TestTeams(seats: 2)
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        let domain = try await test.verifiedDomain("example.org", as: .viewer, of: team, by: ada)
        #expect(try await test.teams.joinableTeams(for: grace) == [JoinableTeam(team: team, domain: domain)])
        let joined = try await test.teams.join(team.id, by: grace, origin: test.origin)
        #expect(joined.team.id == team.id && joined.member?.role.id == .viewer)
        #expect(try await test.role(of: grace, in: team) == .viewer)
        #expect(try await test.log(of: grace) == ["member.joined"])
        #expect(try await test.teams.joinableTeams(for: grace).isEmpty)
        await #expect(throws: TeamError.alreadyMember) {
            try await test.teams.join(team.id, by: grace, origin: test.origin)
        }
    }

    @Test func `a team that is not open to somebody is not there`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let absent = ID<Team>(high: 1, low: 1)
        let pending = try await test.domain("example.org", of: team, by: ada)
        let grace = try await test.person("grace", isVerified: true)
        await #expect(throws: TeamError.notFound) { try await test.teams.join(team.id, by: grace, origin: test.origin) }
        try await test.teams.removeDomain(pending.id, from: team.id, by: ada, origin: test.origin)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        let unproven = try await test.person("hedy")
        let elsewhere = try await test.person("eve", at: "example.com", isVerified: true)
        let below = try await test.person("mary", at: "mail.example.org", isVerified: true)
        for stranger in [unproven, elsewhere, below] {
            #expect(try await test.teams.joinableTeams(for: stranger).isEmpty)
            for id in [team.id, absent] {
                await #expect(throws: TeamError.notFound) {
                    try await test.teams.join(id, by: stranger, origin: test.origin)
                }
            }
        }
        await #expect(throws: TeamError.notFound) { try await test.teams.join(absent, by: grace, origin: test.origin) }
    }

    @Test func `an own session it takes`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        await #expect(throws: AuthError.sessionRequired) {
            try await test.teams.join(
                team.id, by: test.key(of: grace, scopes: Set(Permission.allCases)), origin: test.origin)
        }
        await #expect(throws: AuthError.impersonating) {
            try await test.teams.join(team.id, by: test.impersonated(grace, by: ada), origin: test.origin)
        }
        #expect(try await test.role(of: grace, in: team) == nil)
    }

    @Test func `what counts is the account as it stands, not as the request found it`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        var changed = grace.user
        changed.email = try EmailAddress(parsing: "grace@example.com")
        _ = try await test.system.users.update(changed)
        await #expect(throws: TeamError.notFound) { try await test.teams.join(team.id, by: grace, origin: test.origin) }
        #expect(try await test.role(of: grace, in: team) == nil)
    }

    @Test func `what the team asks of its members it asks of whoever comes`() async throws {
        let test = try TestTeams()
        let ada = try await test.person("ada", secondFactor: true)
        let grace = try await test.person("grace", isVerified: true)
        let hedy = try await test.person("hedy", isVerified: true, secondFactor: true)
        let team = try await test.team(of: ada)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        let range = try #require(AddressRange("192.0.2.0/24"))
        _ = try await test.teams.setSettings(
            of: team.id, to: TeamSettings(requiresSecondFactor: true, addressRanges: [range]), by: ada,
            origin: test.origin)
        await #expect(throws: TeamError.secondFactorRequired) {
            try await test.teams.join(team.id, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.addressNotAllowed) {
            try await test.teams.join(
                team.id, by: hedy, origin: RequestOrigin(ip: "198.51.100.1", userAgent: nil, requestID: "r"))
        }
        _ = try await test.teams.join(team.id, by: hedy, origin: test.origin)
        #expect(try await test.system.teamMembers.count(in: team.id) == 2)
    }

    @Test func `who was put out comes back by an invitation only, who left as they like`() async throws {
        let test = try TestTeams()
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        _ = try await test.teams.join(team.id, by: grace, origin: test.origin)
        try await test.teams.leave(team.id, by: grace, origin: test.origin)
        _ = try await test.teams.join(team.id, by: grace, origin: test.origin)
        try await test.teams.remove(grace.user.id, from: team.id, by: ada, origin: test.origin)
        #expect(try await test.teams.joinableTeams(for: grace).isEmpty)
        await #expect(throws: TeamError.notFound) { try await test.teams.join(team.id, by: grace, origin: test.origin) }
        _ = try await test.invite("grace@example.org", to: team, by: ada)
        await #expect(throws: TeamError.notFound) { try await test.teams.join(team.id, by: grace, origin: test.origin) }
        _ = try await test.teams.accept(test.token(), by: grace, origin: test.origin)
        try await test.teams.leave(team.id, by: grace, origin: test.origin)
        _ = try await test.teams.join(team.id, by: grace, origin: test.origin)
        #expect(try await test.role(of: grace, in: team) == .member)
    }

    @Test func `who was invited takes the seat that the invitation holds`() async throws {
        let test = try TestTeams(seats: 2)
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let hedy = try await test.person("hedy", isVerified: true)
        let team = try await test.team(of: ada)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        let invitation = try await test.invite("grace@example.org", to: team, by: ada)
        await #expect(throws: TeamError.upgradeRequired(limit: 2, used: 2)) {
            try await test.teams.join(team.id, by: hedy, origin: test.origin)
        }
        _ = try await test.teams.join(team.id, by: grace, origin: test.origin)
        #expect(try await test.system.invitations.find(invitation.id, in: team.id)?.end == .accepted)
        await #expect(throws: TeamError.upgradeRequired(limit: 2, used: 2)) {
            try await test.teams.join(team.id, by: hedy, origin: test.origin)
        }
    }

    @Test func `thirty who join at once fill the seats and no more`() async throws {
        let test = try TestTeams(seats: 8)
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        try await test.verifiedDomain("example.org", of: team, by: ada)
        var people: [Principal] = []
        for number in 0..<30 { people.append(try await test.person("p\(number)", isVerified: true)) }
        let refusals = await withTaskGroup(of: TeamError?.self) { [people] group in
            for person in people {
                group.addTask {
                    do {
                        _ = try await test.teams.join(team.id, by: person, origin: test.origin)
                        return nil
                    } catch {
                        return error as? TeamError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count { $0 == nil } == 7)
        #expect(refusals.count { $0 == .upgradeRequired(limit: 8, used: 8) } == 23)
        #expect(try await test.system.teamMembers.count(in: team.id) == 8)
    }
}
