import Auth
import Core
import Persistence
import Teams
import Testing

/// Roles that teams make out of permissions.
struct TeamRoleTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    @Test func `a role of the team's own allows what it is made of`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        let role = try await make("Auditor", [.teamRead, .auditRead, .usersWrite], in: team, by: ada)
        #expect(role.permissions == [.teamRead, .auditRead])
        let changed = try await test.teams.setRole(
            .custom(role.id), of: grace.user.id, in: team.id, by: ada, origin: test.origin)
        #expect(changed.member.role == AssignedRole(role))
        #expect(
            try await test.teams.find(team.id, by: grace, origin: test.origin).permissions == [.teamRead, .auditRead])
        let wider = try await test.teams.updateRole(
            role.id, name: nil, permissions: [.teamRead, .rolesRead], in: team.id, by: ada, origin: test.origin)
        #expect(try await test.teams.roles(of: team.id, by: grace, origin: test.origin) == [wider])
    }

    @Test func `nobody makes, changes or removes a role of more than the own`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        let manager = try await make("Manager", [.teamRead, .rolesRead, .rolesWrite, .membersWrite], in: team, by: ada)
        let strong = try await make("Strong", [.teamDelete], in: team, by: ada)
        try await test.join(team, grace, having: AssignedRole(manager))
        await #expect(throws: TeamError.roleTooHigh) { try await make("Mine", [.billingWrite], in: team, by: grace) }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.updateRole(
                manager.id, name: nil, permissions: [.auditRead], in: team.id, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.updateRole(
                strong.id, name: nil, permissions: [.teamRead], in: team.id, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.removeRole(strong.id, from: team.id, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.setRole(
                .custom(strong.id), of: grace.user.id, in: team.id, by: grace, origin: test.origin)
        }
        let own = try await make("Reader", [.teamRead], in: team, by: grace)
        try await test.teams.removeRole(own.id, from: team.id, by: grace, origin: test.origin)
        #expect(try await test.teams.roles(of: team.id, by: ada, origin: test.origin) == [manager, strong])
    }

    @Test func `names are unique in a team, whatever their case, and not those of built-in roles`() async throws {
        let ada = try await test.person("ada")
        let (team, other) = (try await test.team(of: ada, named: "A"), try await test.team(of: ada, named: "B"))
        let role = try await make("Auditor", [.auditRead], in: team, by: ada)
        for name in ["auditor", "Owner", "viewer"] {
            await #expect(throws: TeamError.roleNameTaken) { try await make(name, [.auditRead], in: team, by: ada) }
        }
        _ = try await make("Auditor", [.auditRead], in: other, by: ada)
        let second = try await make("Second", [.auditRead], in: team, by: ada)
        await #expect(throws: TeamError.roleNameTaken) {
            try await test.teams.updateRole(
                second.id, name: TeamName("AUDITOR"), permissions: nil, in: team.id, by: ada, origin: test.origin)
        }
        let renamed = try await test.teams.updateRole(
            role.id, name: TeamName("AUDITOR"), permissions: nil, in: team.id, by: ada, origin: test.origin)
        #expect(renamed.name.text == "AUDITOR" && renamed.version == 2)
    }

    @Test func `a role that somebody has stays, and one of another team is none`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let (team, other) = (try await test.team(of: ada, named: "A"), try await test.team(of: ada, named: "B"))
        let role = try await make("Auditor", [.auditRead], in: team, by: ada)
        let foreign = try await make("Foreign", [.auditRead], in: other, by: ada)
        try await test.join(team, grace, having: AssignedRole(role))
        await #expect(throws: TeamError.roleInUse) {
            try await test.teams.removeRole(role.id, from: team.id, by: ada, origin: test.origin)
        }
        await #expect(throws: TeamError.unknownRole) {
            try await test.teams.setRole(
                .custom(foreign.id), of: grace.user.id, in: team.id, by: ada, origin: test.origin)
        }
        await #expect(throws: TeamError.notFound) {
            try await test.teams.removeRole(foreign.id, from: team.id, by: ada, origin: test.origin)
        }
        _ = try await test.teams.setRole(.viewer, of: grace.user.id, in: team.id, by: ada, origin: test.origin)
        try await test.teams.removeRole(role.id, from: team.id, by: ada, origin: test.origin)
        #expect(try await test.teams.roles(of: team.id, by: ada, origin: test.origin) == [])
    }

    @Test func `a team makes so many roles at most`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        for number in 1...Teams.mostRoles { _ = try await make("Role \(number)", [.teamRead], in: team, by: ada) }
        await #expect(throws: TeamError.tooMany) { try await make("One more", [.teamRead], in: team, by: ada) }
    }

    @discardableResult
    private func make(
        _ name: String, _ permissions: Set<Permission>, in team: Team, by principal: Principal
    ) async throws -> CustomRole {
        try await test.teams.createRole(
            name: TeamName(stored: name), permissions: permissions, in: team.id, by: principal, origin: test.origin)
    }
}
