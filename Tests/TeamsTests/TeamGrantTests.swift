import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Permissions on single things that teams grant.
struct TeamGrantTests {
    private let test: TestTeams
    private let report = ResourceReference(type: .file, id: "report")

    init() throws {
        test = try TestTeams()
    }

    @Test func `a grant opens one thing to a member, until it is taken back`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        #expect(try await may(grace, .filesWrite, in: team) == false)
        let grant = try await give(.filesWrite, to: .member(grace.user.id), in: team, by: ada)
        #expect(grant.grantedBy == ada.user.id && grant.createdAt == test.time.now)
        #expect(try await may(grace, .filesWrite, in: team))
        #expect(try await may(grace, .filesWrite, on: ResourceReference(type: .file, id: "other"), in: team) == false)
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.find(team.id, by: grace, needing: .filesWrite, origin: test.origin)
        }
        try await test.teams.removeGrant(grant.id, from: team.id, by: ada, origin: test.origin)
        #expect(try await may(grace, .filesWrite, in: team) == false)
        await #expect(throws: TeamError.notFound) {
            try await test.teams.removeGrant(grant.id, from: team.id, by: ada, origin: test.origin)
        }
    }

    @Test func `what was granted and taken back stands in the logs of the team and of the member`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        let grant = try await give(.filesWrite, to: .member(grace.user.id), in: team, by: ada)
        test.time.advance(by: .seconds(1))
        try await test.teams.removeGrant(grant.id, from: team.id, by: ada, origin: test.origin)
        test.time.advance(by: .seconds(1))
        _ = try await give(.filesWrite, to: .role(.viewer), in: team, by: ada)
        let rows = try await test.teams.auditLog(
            of: team.id, matching: AuditFilter(), by: ada, origin: test.origin, page: PageRequest()
        ).items.filter { $0.targetType == "grant" }
        #expect(rows.map(\.action) == ["grant.created", "grant.deleted", "grant.created"])
        let told = ["permission": "files:write", "resource_type": "file", "resource_id": "report"]
        #expect(rows.first?.changes == told.merging(["role": "viewer"]) { $1 })
        #expect(rows.last?.changes == told.merging(["user_id": grace.user.id.description]) { $1 })
        #expect(rows.last?.targetID == grant.id.description && rows.last?.actorID == ada.user.id)
        #expect(try await test.log(of: grace) == ["grant.created", "grant.deleted"])
    }

    @Test func `nobody grants or takes back what is above the own, and what was granted is not handed on`() async throws
    {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        let manager = try await test.teams.createRole(
            name: TeamName(stored: "Manager"), permissions: [.rolesRead, .rolesWrite, .filesRead], in: team.id, by: ada,
            origin: test.origin)
        try await test.join(team, grace, having: AssignedRole(manager))
        let strong = try await give(.filesWrite, to: .member(grace.user.id), in: team, by: ada)
        #expect(try await may(grace, .filesWrite, in: team))
        await #expect(throws: TeamError.roleTooHigh) {
            try await give(.filesWrite, to: .role(.viewer), in: team, by: grace)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.removeGrant(strong.id, from: team.id, by: grace, origin: test.origin)
        }
        let weak = try await give(.filesRead, to: .role(.viewer), in: team, by: grace)
        try await test.teams.removeGrant(weak.id, from: team.id, by: grace, origin: test.origin)
        let key = test.key(of: ada, scopes: [.rolesWrite])
        await #expect(throws: TeamError.roleTooHigh) {
            try await give(.filesRead, to: .role(.viewer), in: team, by: key)
        }
    }

    @Test(arguments: [RoleID.member, .viewer])
    func `who may not see roles sees no grants and gives none`(role: RoleID) async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: role)
        let grant = try await give(.filesRead, to: .role(.viewer), in: team, by: ada)
        await #expect(throws: TeamError.forbidden) { try await list(team, by: grace) }
        await #expect(throws: TeamError.forbidden) {
            try await give(.filesRead, to: .member(grace.user.id), in: team, by: grace)
        }
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.removeGrant(grant.id, from: team.id, by: grace, origin: test.origin)
        }
        #expect(try await list(team, by: ada) == [grant])
    }

    @Test func `what can't be granted is told`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let (team, other) = (try await test.team(of: ada), try await test.team(of: grace, named: "B"))
        let role = try await test.teams.createRole(
            name: TeamName(stored: "R"), permissions: [.teamRead], in: other.id, by: grace, origin: test.origin)
        await #expect(throws: TeamError.notMember) {
            try await give(.filesRead, to: .member(grace.user.id), in: team, by: ada)
        }
        await #expect(throws: TeamError.unknownRole) {
            try await give(.filesRead, to: .role(.custom(role.id)), in: team, by: ada)
        }
        for permission in [Permission.teamDelete, .usersWrite, .aiUse] {
            await #expect(throws: TeamError.notGrantable([.filesRead, .filesWrite])) {
                try await give(permission, to: .role(.viewer), in: team, by: ada)
            }
        }
        let board = ResourceReference(type: ResourceType(rawValue: "board"), id: "7")
        await #expect(throws: TeamError.unknownResourceType([.conversation, .file])) {
            try await give(.filesRead, on: board, to: .role(.viewer), in: team, by: ada)
        }
        _ = try await give(.filesRead, to: .role(.viewer), in: team, by: ada)
        await #expect(throws: TeamError.alreadyGranted) {
            try await give(.filesRead, to: .role(.viewer), in: team, by: ada)
        }
    }

    @Test func `what many grant at once is granted once`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    do {
                        try await give(.filesRead, to: .role(.viewer), in: team, by: ada)
                        return true
                    } catch TeamError.alreadyGranted {
                        return false
                    }
                }
            }
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 1)
        #expect(try await list(team, by: ada).count == 1)
    }

    @Test func `a thing has so many grants at most`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        for number in 0..<Teams.mostGrantsOnItem {
            let role = CustomRole(
                id: ID(high: 9, low: UInt64(number)), teamID: team.id, name: TeamName(stored: "R\(number)"),
                permissions: [], createdAt: test.time.now, updatedAt: test.time.now)
            try await test.system.teamRoles.insert(role)
            _ = try await give(.filesRead, to: .role(.custom(role.id)), in: team, by: ada)
        }
        await #expect(throws: TeamError.tooMany) { try await give(.filesRead, to: .role(.viewer), in: team, by: ada) }
        let other = ResourceReference(type: .file, id: "other")
        _ = try await give(.filesRead, on: other, to: .role(.viewer), in: team, by: ada)
    }

    @Test func `who leaves and comes back has nothing of before`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        _ = try await give(.filesWrite, to: .member(grace.user.id), in: team, by: ada)
        try await test.teams.leave(team.id, by: grace, origin: test.origin)
        await #expect(throws: TeamError.notFound) { try await may(grace, .filesWrite, in: team) }
        try await test.join(team, grace, as: .viewer)
        #expect(try await may(grace, .filesWrite, in: team) == false)
        #expect(try await list(team, by: ada) == [])
    }

    @Test func `a grant spares nobody what the team asks of its members`() async throws {
        let (ada, grace) = (try await test.person("ada", secondFactor: true), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        _ = try await give(.filesWrite, to: .member(grace.user.id), in: team, by: ada)
        _ = try await test.teams.setSettings(
            of: team.id, to: TeamSettings(requiresSecondFactor: true), by: ada, origin: test.origin)
        await #expect(throws: TeamError.secondFactorRequired) { try await may(grace, .filesWrite, in: team) }
    }

    @discardableResult
    private func give(
        _ permission: Permission, on item: ResourceReference? = nil, to subject: TeamGrantSubject, in team: Team,
        by principal: Principal
    ) async throws -> TeamGrant {
        try await test.teams.grant(
            ResourceGrant(permission, on: item ?? report), to: subject, in: team.id, by: principal,
            origin: test.origin)
    }

    private func list(_ team: Team, by principal: Principal) async throws -> [TeamGrant] {
        try await test.teams.grants(of: team.id, by: principal, origin: test.origin, page: PageRequest()).items
    }

    /// Throws what is thrown but for ``TeamError/forbidden``.
    @discardableResult
    private func may(
        _ principal: Principal, _ permission: Permission, on item: ResourceReference? = nil, in team: Team
    ) async throws -> Bool {
        do {
            _ = try await test.teams.find(
                team.id, by: principal, needing: permission, on: item ?? report, origin: test.origin)
            return true
        } catch TeamError.forbidden {
            return false
        }
    }
}
