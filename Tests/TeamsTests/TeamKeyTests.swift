import Core
import Fakes
import Persistence
import Teams
import Testing

@testable import Auth

/// Keys that belong to a team.
struct TeamKeyTests {
    private let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    private func make(
        _ scopes: Set<Permission>, in team: Team, by principal: Principal, expiresAt: Timestamp? = nil
    ) async throws -> NewTeamAPIKey {
        try await test.teams.createKey(
            TeamKeyTraits(name: "Deploy", scopes: Scopes(scopes), expiresAt: expiresAt), in: team.id, by: principal,
            origin: test.origin)
    }

    private func program(_ made: NewTeamAPIKey) -> TeamKeyPrincipal { TeamKeyPrincipal(key: made.key) }

    @Test func `a key acts in its own team by its scopes, and in no other`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let other = try await test.team(of: ada, named: "Difference Engines")
        let key = program(try await make([.teamRead, .teamWrite, .rolesWrite], in: team, by: ada))
        let access = try await test.teams.find(team.id, by: key, origin: test.origin)
        #expect(access.member == nil && access.permissions == [.teamRead, .teamWrite, .rolesWrite])
        #expect(try await test.teams.list(of: key, page: PageRequest()).items.map(\.team.id) == [team.id])
        let renamed = try await test.teams.update(
            team.id, name: TeamName(stored: "Renamed"), slug: nil, by: key, origin: test.origin)
        #expect(renamed.team.name.text == "Renamed")
        await #expect(throws: TeamError.forbidden) {
            try await test.teams.members(of: team.id, by: key, origin: test.origin, page: PageRequest())
        }
        await #expect(throws: TeamError.notFound) { try await test.teams.find(other.id, by: key, origin: test.origin) }
        await #expect(throws: TeamError.notFound) {
            try await test.teams.update(
                other.id, name: TeamName(stored: "Mine"), slug: nil, by: key, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.createRole(
                name: TeamName(stored: "Auditor"), permissions: [.auditRead], in: team.id, by: key, origin: test.origin)
        }
    }

    @Test func `a key removes nobody who may do more than it, and gives no role of more`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .viewer)
        let key = program(
            try await make(
                [.membersRead, .membersWrite, .teamRead, .filesRead], in: team, by: try await test.fresh(ada)))
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.remove(ada.user.id, from: team.id, by: key, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.setRole(.admin, of: grace.user.id, in: team.id, by: key, origin: test.origin)
        }
        try await test.teams.remove(grace.user.id, from: team.id, by: key, origin: test.origin)
        #expect(try await test.role(of: grace, in: team) == nil)
    }

    @Test func `nobody makes, changes, rotates or deletes a key of more than the own`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        let strong = try await make([.auditRead], in: team, by: ada).key.id
        let weak = try await make([.teamRead], in: team, by: ada).key.id
        let role = try await test.teams.createRole(
            name: TeamName(stored: "Keys"), permissions: [.teamRead, .apiKeysRead, .apiKeysWrite], in: team.id, by: ada,
            origin: test.origin)
        try await test.join(team, grace, having: AssignedRole(role))
        await #expect(throws: TeamError.roleTooHigh) { try await make([.auditRead], in: team, by: grace) }
        for changes in [TeamKeyChanges(name: "Mine"), TeamKeyChanges(scopes: Scopes([.teamRead]))] {
            await #expect(throws: TeamError.roleTooHigh) {
                try await test.teams.updateKey(
                    strong, with: changes, of: team.id, by: grace, origin: test.origin)
            }
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.updateKey(
                weak, with: TeamKeyChanges(scopes: Scopes([.auditRead])), of: team.id, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.rotateKey(strong, of: team.id, overlap: .zero, by: grace, origin: test.origin)
        }
        await #expect(throws: TeamError.roleTooHigh) {
            try await test.teams.deleteKey(strong, of: team.id, by: grace, origin: test.origin)
        }
        let renamed = try await test.teams.updateKey(
            weak, with: TeamKeyChanges(name: "Mine"), of: team.id, by: grace, origin: test.origin)
        #expect(renamed.name == "Mine" && renamed.scopes == Scopes([.teamRead]))
        try await test.teams.deleteKey(weak, of: team.id, by: grace, origin: test.origin)
        #expect(try await test.system.teamAPIKeys.count(in: team.id) == 1)
    }

    @Test func `keys are made in an own, fresh session of a member`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let root = try await test.person("root", secondFactor: true, superuser: true)
        let team = try await test.team(of: ada)
        await #expect(throws: AuthError.sessionRequired) {
            try await make([.teamRead], in: team, by: test.key(of: ada, scopes: Permission.ofTeams))
        }
        await #expect(throws: AuthError.impersonating) {
            try await make([.teamRead], in: team, by: test.impersonated(ada, by: root))
        }
        await #expect(throws: TeamError.notFound) { try await make([.teamRead], in: team, by: grace) }
        test.time.advance(by: .hours(1))
        await #expect(throws: AuthError.reauthenticationRequired) { try await make([.teamRead], in: team, by: ada) }
        _ = try await make([.teamRead], in: team, by: try await test.fresh(ada))
    }

    @Test func `what no key may do is not among its scopes`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let made = try await make(Set(Permission.allCases), in: team, by: ada)
        #expect(made.key.scopes.permissions == Permission.ofTeamKeys)
        #expect(!Permission.ofTeamKeys.contains(.teamDelete) && !Permission.ofTeamKeys.contains(.apiKeysWrite))
        #expect(!Permission.ofTeamKeys.contains(.usersRead) && !Permission.ofTeamKeys.contains(.usersWrite))
    }

    @Test func `a key survives its maker's leaving, and goes with the team`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: .admin)
        let key = program(try await make([.teamRead], in: team, by: try await test.fresh(grace)))
        try await test.teams.leave(team.id, by: grace, origin: test.origin)
        _ = try await test.teams.find(team.id, by: key, origin: test.origin)
        try await test.teams.delete(team.id, by: try await test.fresh(ada), origin: test.origin)
        await #expect(throws: TeamError.notFound) { try await test.teams.find(team.id, by: key, origin: test.origin) }
        #expect(try await test.system.teamAPIKeys.count(in: team.id) == 0)
    }

    @Test func `a key that was taken away, narrowed or ended a moment ago changes nothing`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        func rename(by key: TeamKeyPrincipal) async throws {
            _ = try await test.teams.update(
                team.id, name: TeamName(stored: "Renamed"), slug: nil, by: key, origin: test.origin)
        }
        let (gone, narrowed) = (
            try await make([.teamRead, .teamWrite], in: team, by: ada),
            try await make([.teamRead, .teamWrite], in: team, by: ada)
        )
        let ending = try await make(
            [.teamRead, .teamWrite], in: team, by: ada, expiresAt: test.time.now + .seconds(10))
        try await test.teams.deleteKey(gone.key.id, of: team.id, by: ada, origin: test.origin)
        _ = try await test.teams.updateKey(
            narrowed.key.id, with: TeamKeyChanges(scopes: Scopes([.teamRead])), of: team.id, by: ada,
            origin: test.origin)
        test.time.advance(by: .seconds(10))
        await #expect(throws: AuthError.unauthenticated) { try await rename(by: program(gone)) }
        await #expect(throws: TeamError.forbidden) { try await rename(by: program(narrowed)) }
        await #expect(throws: AuthError.unauthenticated) { try await rename(by: program(ending)) }
        #expect(try await test.system.teams.find(team.id, by: nil)?.team.name == team.name)
    }

    @Test func `a key meets the team's networks, and needs no second factor`() async throws {
        let ada = try await test.person("ada", secondFactor: true)
        let team = try await test.team(of: ada)
        let key = program(try await make([.teamRead, .teamWrite], in: team, by: ada))
        let network = try #require(AddressRange("192.0.2.0/24"))
        _ = try await test.teams.setSettings(
            of: team.id, to: TeamSettings(requiresSecondFactor: true, addressRanges: [network]), by: key,
            origin: test.origin)
        _ = try await test.teams.find(team.id, by: key, origin: test.origin)
        await #expect(throws: TeamError.addressNotAllowed) {
            try await test.teams.find(team.id, by: key, origin: RequestOrigin(ip: "198.51.100.1"))
        }
        let elsewhere = try #require(AddressRange("198.51.100.0/24"))
        await #expect(throws: TeamError.shutsOutOneself) {
            try await test.teams.setSettings(
                of: team.id, to: TeamSettings(addressRanges: [elsewhere]), by: key, origin: test.origin)
        }
    }

    @Test func `the log tells the key that did it, what became of keys, and no secret`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let made = try await make([.teamRead, .teamWrite], in: team, by: ada)
        _ = try await test.teams.update(
            team.id, name: TeamName(stored: "Renamed"), slug: nil, by: program(made), origin: test.origin)
        let rotated = try await test.teams.rotateKey(
            made.key.id, of: team.id, overlap: .hours(1), by: ada, origin: test.origin)
        _ = try await test.teams.updateKey(
            made.key.id, with: TeamKeyChanges(name: "Reports"), of: team.id, by: ada, origin: test.origin)
        try await test.teams.deleteKey(made.key.id, of: team.id, by: ada, origin: test.origin)
        let log = try await test.teams.auditLog(
            of: team.id, matching: .none, by: ada, origin: test.origin, page: PageRequest(limit: 100)
        ).items
        let ofKeys = log.filter { $0.targetType == "api_key" }
        #expect(
            Set(ofKeys.map(\.action)) == ["api_key.created", "api_key.updated", "api_key.rotated", "api_key.deleted"])
        #expect(ofKeys.allSatisfy { $0.actorID == ada.user.id && $0.actorKeyID == nil && $0.teamID == team.id })
        let byKey = try #require(log.first { $0.action == "team.updated" })
        #expect(byKey.actorKeyID == made.key.id && byKey.actorID == nil && byKey.origin.ip == "192.0.2.7")
        let filtered = try await test.teams.auditLog(
            of: team.id, matching: AuditFilter(key: made.key.id), by: ada, origin: test.origin, page: PageRequest())
        #expect(filtered.items == [byKey])
        for secret in [made.secret, rotated.secret] {
            #expect(!log.contains { "\($0)".contains(secret.text) || "\($0)".contains("\(secret.hash)") })
        }
    }

    @Test func `a team has so many keys and no more`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        for _ in 0..<Teams.mostKeys { _ = try await make([.teamRead], in: team, by: ada) }
        await #expect(throws: TeamError.tooMany) { try await make([.teamRead], in: team, by: ada) }
        await #expect(throws: TeamError.expiryPassed) {
            try await make([.teamRead], in: team, by: ada, expiresAt: test.time.now)
        }
    }
}
