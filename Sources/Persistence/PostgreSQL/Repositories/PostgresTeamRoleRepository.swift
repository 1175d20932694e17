import Core
import Persistence
import PostgresClient

struct PostgresTeamRoleRepository: TeamRoleRepository {
    let runner: any StatementRunner

    func insert(_ role: CustomRole) async throws {
        try await runner.change(
            """
            insert into team_roles (team_id, id, name, permissions, created_at, updated_at, version)
            values (
                \(role.teamID), \(role.id), \(role.name), \(role.permissions.map(\.rawValue).sorted()),
                \(role.createdAt), \(role.updatedAt), \(role.version))
            """)
    }

    func find(_ id: ID<CustomRole>, in team: ID<Team>) async throws -> CustomRole? {
        try await runner.first(
            "select \(unescaped: CustomRole.columns) from team_roles where team_id = \(team) and id = \(id)",
            CustomRole.init(columns:))
    }

    func list(in team: ID<Team>) async throws -> [CustomRole] {
        try await runner.all(
            "select \(unescaped: CustomRole.columns) from team_roles where team_id = \(team) order by id",
            CustomRole.init(columns:))
    }

    func update(_ role: CustomRole) async throws -> CustomRole {
        let update: SQL = """
            update team_roles
            set name = \(role.name), permissions = \(role.permissions.map(\.rawValue).sorted()),
                updated_at = \(role.updatedAt), version = version + 1
            where team_id = \(role.teamID) and id = \(role.id) and version = \(role.version)
            returning \(unescaped: CustomRole.columns)
            """
        // Tells, where nothing was updated, whether the role or only the version is another.
        let check: SQL = "select 1 from team_roles where team_id = \(role.teamID) and id = \(role.id)"
        let results = try await runner.run([update, check], access: .write)
        if let updated = try results.first?.firstValue(CustomRole.init(columns:)) { return updated }
        throw results.last?.isEmpty == false ? DatabaseError.versionConflict : DatabaseError.notFound
    }

    func remove(_ id: ID<CustomRole>, in team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from team_roles where team_id = \(team) and id = \(id)") == 1
    }
}
