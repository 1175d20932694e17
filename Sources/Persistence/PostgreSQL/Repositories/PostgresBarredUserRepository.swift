import Core
import Persistence
import PostgresClient

struct PostgresBarredUserRepository: BarredUserRepository {
    let runner: any StatementRunner

    func insert(_ user: ID<User>, in team: ID<Team>, at time: Timestamp) async throws {
        try await runner.change(
            """
            insert into team_barred_users (team_id, user_id, barred_at)
            values (\(team), \(user), \(time))
            on conflict (team_id, user_id) do update set barred_at = excluded.barred_at
            """)
    }

    func contains(_ user: ID<User>, in team: ID<Team>) async throws -> Bool {
        let one: Int32? = try await runner.first(
            "select 1 from team_barred_users where team_id = \(team) and user_id = \(user)"
        ) { columns throws(PostgresDecodingError) in try columns.next() }
        return one != nil
    }

    func remove(_ user: ID<User>, in team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from team_barred_users where team_id = \(team) and user_id = \(user)") == 1
    }
}
