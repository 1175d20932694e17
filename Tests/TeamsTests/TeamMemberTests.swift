import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Members, their roles, and who owns the team.
struct TeamMemberTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    @Test func `members are listed latest first, with their names`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        let first = try await test.teams.members(of: team.id, by: ada, origin: test.origin, page: PageRequest(limit: 1))
        let rest = try await test.teams.members(
            of: team.id, by: grace, origin: test.origin, page: PageRequest(limit: 1, after: first.next))
        #expect((first.items + rest.items).map(\.firstName.text) == ["grace", "ada"] && rest.next == nil)
    }

    @Test(arguments: [
        (RoleID.admin, RoleID.member, RoleID.viewer, true), (.admin, .viewer, .admin, true),
        (.admin, .member, .owner, false), (.admin, .owner, .member, false), (.owner, .admin, .owner, true),
        (.owner, .owner, .viewer, true),
    ])
    func `nobody gives or takes what is above the own role`(
        of actor: RoleID, from old: RoleID, to new: RoleID, isAllowed: Bool
    ) async throws {
        let (owner, acting, member) = (
            try await test.person("owner"), try await test.person("acting"), try await test.person("member")
        )
        let team = try await test.team(of: owner)
        try await test.join(team, acting, as: actor)
        try await test.join(team, member, as: old)
        if isAllowed {
            let changed = try await test.teams.setRole(
                new, of: member.user.id, in: team.id, by: acting, origin: test.origin)
            #expect(changed.member.role.id == new)
            #expect(try await test.log(of: member) == ["member.role_changed"])
        } else {
            await #expect(throws: TeamError.roleTooHigh) {
                try await test.teams.setRole(new, of: member.user.id, in: team.id, by: acting, origin: test.origin)
            }
            #expect(try await test.log(of: member) == [])
        }
        #expect(try await test.role(of: member, in: team) == (isAllowed ? new : old))
    }

    @Test func `the last owner can't leave, be demoted or removed`() async throws {
        let (ada, admin) = (try await test.person("ada"), try await test.person("adam"))
        let team = try await test.team(of: ada)
        try await test.join(team, admin, as: .admin)
        await #expect(throws: TeamError.lastOwner) { try await test.teams.leave(team.id, by: ada, origin: test.origin) }
        await #expect(throws: TeamError.lastOwner) {
            try await test.teams.setRole(.viewer, of: ada.user.id, in: team.id, by: ada, origin: test.origin)
        }
        await #expect(throws: TeamError.lastOwner) {
            try await test.teams.remove(ada.user.id, from: team.id, by: ada, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.remove(ada.user.id, from: team.id, by: admin, origin: test.origin)
        }
        #expect(try await test.role(of: ada, in: team) == .owner)
    }

    @Test func `an owner on the way to deletion is none that a team could be left to`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        try await test.join(team, try await test.person("leaving", pendingDeletion: true), as: .owner)
        await #expect(throws: TeamError.lastOwner) { try await test.teams.leave(team.id, by: ada, origin: test.origin) }
    }

    @Test func `when the primary owner leaves, the owner who joined first becomes that`() async throws {
        let (ada, first, second) = (
            try await test.person("ada"), try await test.person("first"), try await test.person("second")
        )
        let team = try await test.team(of: ada)
        try await test.join(team, first, as: .owner)
        try await test.join(team, second, as: .owner)
        try await test.teams.leave(team.id, by: ada, origin: test.origin)
        #expect(try await test.teams.find(team.id, by: second, origin: test.origin).team.ownerID == first.user.id)
        #expect(try await test.log(of: ada) == ["member.left"])
        #expect(try await test.log(of: first) == ["team.ownership_transferred"])
    }

    @Test func `a member who was removed has lost access in that instant`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .admin)
        try await test.teams.remove(grace.user.id, from: team.id, by: ada, origin: test.origin)
        await #expect(throws: TeamError.notFound) { try await test.teams.find(team.id, by: grace, origin: test.origin) }
        await #expect(throws: TeamError.notFound) {
            try await test.teams.remove(grace.user.id, from: team.id, by: ada, origin: test.origin)
        }
        #expect(try await test.log(of: grace) == ["member.removed"])
    }

    @Test func `ownership moves in one act, and the one before stays as an admin`() async throws {
        let (ada, grace, other) = (
            try await test.person("ada"), try await test.person("grace"), try await test.person("other")
        )
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .member)
        try await test.join(team, other, as: .owner)
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.transferOwnership(
                of: team.id, to: grace.user.id, by: other, origin: test.origin)
        }
        let moved = try await test.teams.transferOwnership(
            of: team.id, to: grace.user.id, by: ada, origin: test.origin)
        #expect(moved.team.ownerID == grace.user.id && moved.member?.role.id == .admin)
        #expect(try await test.role(of: grace, in: team) == .owner)
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.transferOwnership(of: team.id, to: ada.user.id, by: ada, origin: test.origin)
        }
    }

    @Test func `ownership moves to members only, and takes a fresh session`() async throws {
        let (ada, stranger) = (try await test.person("ada"), try await test.person("mallory"))
        let team = try await test.team(of: ada)
        let leaving = try await test.person("leaving", pendingDeletion: true)
        try await test.join(team, leaving, as: .admin)
        for user in [stranger, leaving] {
            await #expect(throws: TeamError.notMember) {
                try await test.teams.transferOwnership(of: team.id, to: user.user.id, by: ada, origin: test.origin)
            }
        }
        test.time.advance(by: .minutes(16))
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await test.teams.transferOwnership(of: team.id, to: leaving.user.id, by: ada, origin: test.origin)
        }
    }
}
