import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Roles, grants and permissions against each other: who may do what to one thing of a team.
struct ResourceAccessTests {
    /// What each role may do to any file of the team.
    private static let roles: [(name: String, allowed: Set<Permission>)] = [
        ("owner", [.filesRead, .filesWrite]), ("admin", [.filesRead, .filesWrite]),
        ("member", [.filesRead, .filesWrite]), ("viewer", [.filesRead]), ("custom", []),
    ]

    /// To whom something was granted, and who of the roles above has it by that.
    enum Given: String, CaseIterable {
        case nobody
        case theMember
        case anotherMember
        case theRole
        case anotherRole
        case onAnotherThing
        case onAnotherKind
        case inAnotherTeam

        var reaches: Bool { self == .theMember || self == .theRole }
    }

    private static let cases: [(String, Permission, Given)] = roles.flatMap { role in
        [Permission.filesRead, .filesWrite].flatMap { granted in Given.allCases.map { (role.name, granted, $0) } }
    }

    @Test(arguments: cases)
    func `a role and a grant that reaches its holder allow what either does`(
        name: String, granted: Permission, given: Given
    ) async throws {
        let test = try TestTeams()
        let (ada, grace, linus) = (
            try await test.person("ada"), try await test.person("grace"), try await test.person("linus")
        )
        let (team, other) = (try await test.team(of: ada), try await test.team(of: ada, named: "Other"))
        let empty = CustomRole(
            id: ID(high: 9, low: 1), teamID: team.id, name: TeamName(stored: "Empty"), permissions: [],
            createdAt: test.time.now, updatedAt: test.time.now)
        try await test.system.teamRoles.insert(empty)
        let role = RoleID(name) ?? .custom(empty.id)
        try await test.join(team, grace, having: AssignedRole(id: role, role: role.builtInRole ?? .custom([])))
        try await test.join(other, grace, as: .viewer)
        try await test.join(team, linus, as: .viewer)

        let item = ResourceReference(type: .file, id: "a")
        let another = role == .viewer ? RoleID.member : .viewer
        let grant: (ResourceReference, TeamGrantSubject, Team)? =
            switch given {
            case .nobody: nil
            case .theMember: (item, .member(grace.user.id), team)
            case .anotherMember: (item, .member(linus.user.id), team)
            case .theRole: (item, .role(role), team)
            case .anotherRole: (item, .role(another), team)
            case .onAnotherThing: (ResourceReference(type: .file, id: "b"), .member(grace.user.id), team)
            case .onAnotherKind: (ResourceReference(type: .conversation, id: "a"), .member(grace.user.id), team)
            case .inAnotherTeam: (item, .member(grace.user.id), other)
            }
        if let (item, subject, team) = grant {
            // Beside the acts, which grant on a kind only what means something there.
            try await test.system.teamGrants.insert(
                TeamGrant(
                    id: ID(high: 9, low: 2), teamID: team.id, subject: subject,
                    grant: ResourceGrant(granted, on: item), grantedBy: nil, createdAt: test.time.now))
        }

        let ofRole = Self.roles.first { $0.name == name }?.allowed ?? []
        for permission in [Permission.filesRead, .filesWrite] {
            let expected = ofRole.contains(permission) || (given.reaches && permission == granted)
            #expect(
                try await may(grace, permission, on: item, in: team, of: test) == expected, "\(permission.rawValue)")
            // By an API key no more than its scopes.
            let key = test.key(of: grace, scopes: [.filesRead])
            #expect(
                try await may(key, permission, on: item, in: team, of: test)
                    == (expected && permission == .filesRead), "by key, \(permission.rawValue)")
        }
    }

    @Test func `to whoever is not in the team there is none, an administrator of the installation aside`() async throws
    {
        let test = try TestTeams()
        let (ada, eve) = (try await test.person("ada"), try await test.person("eve"))
        let root = try await test.person("root", secondFactor: true, superuser: true)
        let leaving = try await test.person("lea", pendingDeletion: true)
        let team = try await test.team(of: ada)
        try await test.join(team, leaving, as: .admin)
        let item = ResourceReference(type: .file, id: "a")
        #expect(try await may(root, .filesWrite, on: item, in: team, of: test))
        await #expect(throws: TeamError.notFound) { try await may(eve, .filesRead, on: item, in: team, of: test) }
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await may(leaving, .filesRead, on: item, in: team, of: test)
        }
    }

    @discardableResult
    private func may(
        _ principal: Principal, _ permission: Permission, on item: ResourceReference, in team: Team, of test: TestTeams
    ) async throws -> Bool {
        do {
            _ = try await test.teams.find(
                team.id, by: principal, needing: permission, on: item, origin: test.origin)
            return true
        } catch TeamError.forbidden {
            return false
        }
    }
}
