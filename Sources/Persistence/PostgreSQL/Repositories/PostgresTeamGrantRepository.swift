import Core
import Persistence
import PostgresClient

struct PostgresTeamGrantRepository: TeamGrantRepository {
    let runner: any StatementRunner

    func insert(_ grant: TeamGrant) async throws {
        let (member, role) = grant.subject.columns
        try await runner.change(
            """
            insert into resource_grants (
                team_id, id, resource_type, resource_id, permission, member_id, role, role_id, granted_by, created_at)
            values (
                \(grant.teamID), \(grant.id), \(grant.grant.item.type.rawValue), \(grant.grant.item.id),
                \(grant.grant.permission.rawValue), \(member), \(role?.builtInRole?.builtInName), \(role?.customID),
                \(grant.grantedBy), \(grant.createdAt))
            """)
    }

    func find(_ id: ID<TeamGrant>, in team: ID<Team>) async throws -> TeamGrant? {
        try await runner.first(
            """
            select \(unescaped: TeamGrant.columns)
            from resource_grants
            where team_id = \(team) and id = \(id) and \(sql: TeamGrant.isKnown)
            """, TeamGrant.init(columns:))
    }

    func list(in team: ID<Team>, matching filter: TeamGrantFilter, page: PageRequest) async throws -> Page<TeamGrant> {
        let type: SQL = filter.type.map { "and resource_type = \($0.rawValue)" } ?? ""
        let item: SQL = filter.item.map { "and resource_id = \($0)" } ?? ""
        return try await runner.page(
            """
            select \(unescaped: TeamGrant.columns)
            from resource_grants
            where team_id = \(team) and \(sql: TeamGrant.isKnown) \(sql: type) \(sql: item) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, TeamGrant.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func counts(in team: ID<Team>, on item: ResourceReference) async throws -> TeamGrantCounts {
        let results = try await runner.run(
            [
                "select count(*) from resource_grants where team_id = \(team)",
                "select count(*) from resource_grants where \(sql: Self.all(on: item, in: team))",
            ], access: .read)
        let counts = try results.compactMap {
            try $0.firstValue { columns throws(PostgresDecodingError) -> Int64 in try columns.next() }
        }
        return TeamGrantCounts(inTeam: Int(counts.first ?? 0), onItem: Int(counts.last ?? 0))
    }

    func remove(_ id: ID<TeamGrant>, in team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from resource_grants where team_id = \(team) and id = \(id)") == 1
    }

    func removeAll(on item: ResourceReference, in team: ID<Team>) async throws -> Int {
        try await runner.change("delete from resource_grants where \(sql: Self.all(on: item, in: team))")
    }

    private static func all(on item: ResourceReference, in team: ID<Team>) -> SQL {
        "team_id = \(team) and resource_type = \(item.type.rawValue) and resource_id = \(item.id)"
    }
}

extension TeamGrantSubject {
    fileprivate var columns: (member: ID<User>?, role: RoleID?) {
        switch self {
        case .member(let id): (id, nil)
        case .role(let id): (nil, id)
        }
    }
}
