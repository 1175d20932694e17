import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

extension TestTeams {
    @discardableResult
    func domain(
        _ name: String, as role: RoleID = .member, of team: Team, by principal: Principal
    ) async throws -> TeamDomain {
        try await teams.addDomain(
            try #require(DomainName(parsing: name)), joiningAs: role, to: team.id, by: principal, origin: origin)
    }

    /// A domain whose record is there.
    @discardableResult
    func verifiedDomain(
        _ name: String, as role: RoleID = .member, of team: Team, by principal: Principal
    ) async throws -> TeamDomain {
        let domain = try await domain(name, as: role, of: team, by: principal)
        records.set(["plinth-verification=\(domain.challenge)"], of: "_plinth-challenge.\(name)")
        return try await teams.verifyDomainByRecord(domain.id, of: team.id, by: principal, origin: origin)
    }

    @discardableResult
    func verify(_ domain: TeamDomain, of team: Team, by principal: Principal) async throws -> TeamDomain {
        try await teams.verifyDomainByRecord(domain.id, of: team.id, by: principal, origin: origin)
    }

    @discardableResult
    func mail(_ domain: TeamDomain, of team: Team, by principal: Principal) async throws -> TeamDomain? {
        try await teams.mailDomainLink(domain.id, of: team.id, by: principal, origin: origin)
    }

    /// What a team's log says was done to things of a kind, oldest first.
    func actions(in team: Team, of targetType: String) async throws -> [String] {
        // Those of one moment by name.
        try await system.auditLog.list(.team(team.id), matching: .none, page: PageRequest(limit: 100)).items
            .filter { $0.targetType == targetType }.sorted { ($0.createdAt, $0.action) < ($1.createdAt, $1.action) }
            .map(\.action)
    }
}
