import Auth
import Core
import Fakes
import Foundation
import Persistence
import Testing

@testable import Teams

/// What the systems of a team are told of its acts.
struct TeamAnnouncementTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    @Test func `every act of a team is told once, in its order`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let (teams, origin) = (test.teams, test.origin)
        let id = try await test.team(of: ada).id
        _ = try await teams.update(id, name: TeamName(stored: "Looms"), slug: nil, by: ada, origin: origin)
        _ = try await teams.setSettings(
            of: id, to: TeamSettings(addressRanges: [try #require(AddressRange("192.0.2.0/24"))]), by: ada,
            origin: origin)
        let role = try await teams.createRole(
            name: TeamName(stored: "Auditor"), permissions: [.auditRead], in: id, by: ada, origin: origin)
        _ = try await teams.updateRole(role.id, name: nil, permissions: [.teamRead], in: id, by: ada, origin: origin)
        try await teams.removeRole(role.id, from: id, by: ada, origin: origin)
        let email = try EmailAddress(parsing: "grace@example.org")
        let first = try await teams.invite(email, as: .viewer, to: id, by: ada, origin: origin)
        try await teams.revoke(first.id, of: id, by: ada, origin: origin)
        test.time.advance(by: .minutes(2))
        _ = try await teams.invite(email, as: .viewer, to: id, by: ada, origin: origin)
        try await teams.decline(try await test.token(), origin: origin)
        test.time.advance(by: .minutes(2))
        _ = try await teams.invite(email, as: .viewer, to: id, by: ada, origin: origin)
        _ = try await teams.accept(try await test.token(), by: grace, origin: origin)
        _ = try await teams.setRole(.admin, of: grace.user.id, in: id, by: ada, origin: origin)
        _ = try await teams.transferOwnership(of: id, to: grace.user.id, by: ada, origin: origin)
        try await teams.leave(id, by: ada, origin: origin)
        try await teams.delete(id, by: try await test.fresh(grace), origin: origin)
        #expect(
            test.announced.kinds == [
                .teamUpdated, .teamSettingsChanged, .roleCreated, .roleUpdated, .roleRemoved, .invitationCreated,
                .invitationRevoked, .invitationCreated, .invitationDeclined, .invitationCreated, .invitationAccepted,
                .memberAdded, .memberRoleChanged, .teamOwnershipTransferred, .memberRemoved, .teamDeleted,
            ])
        #expect(test.announced.told.allSatisfy { $0.event.teamID == id })
    }

    @Test func `an event says who did what to whom by ids, and not from where`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        _ = try await test.teams.setRole(.viewer, of: grace.user.id, in: team.id, by: ada, origin: test.origin)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let event = try #require(test.announced.told.last?.event)
        let (actor, target) = (ada.user.id, grace.user.id)
        #expect(
            String(decoding: try encoder.encode(event), as: UTF8.self)
                == #"{"actor":"\#(actor)","changes":{"from":"member","to":"viewer"},"target_id":"\#(target)","#
                + #""target_type":"member","team_id":"\#(team.id)"}"#)
    }

    @Test func `what can't be told is not done`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        test.announced.failFromNowOn()
        await #expect(throws: Announced.Refused.self) {
            try await test.teams.update(
                team.id, name: TeamName(stored: "Looms"), slug: nil, by: ada, origin: test.origin)
        }
        #expect(try await test.teams.find(team.id, by: ada, origin: test.origin).team.name == team.name)
    }

    @Test func `an action without an event of its name is told to nobody`() {
        #expect(TeamAction.teamCreated.announced == nil && TeamAction.invitationResent.announced == nil)
        #expect(TeamAction.memberLeft.announced == .memberRemoved)
    }

    @Test func `who is in the team already and takes an invitation leaves a row of it, and is not told as new`()
        async throws
    {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace", isVerified: true))
        let team = try await test.team(of: ada)
        try await test.invite("grace@example.org", to: team, by: ada)
        let token = try await test.token()
        try await test.join(team, grace, as: .admin)
        _ = try await test.teams.accept(token, by: grace, origin: test.origin)
        #expect(test.announced.kinds == [.invitationCreated, .invitationAccepted])
        #expect(try await test.role(of: grace, in: team) == .admin)
    }
}
