import Core
import Persistence
import PostgresClient

struct PostgresScheduleRepository: ScheduleRepository {
    let runner: any StatementRunner

    func register(_ name: String, definition: String, nextRunAt: Timestamp) async throws {
        try await runner.change(
            """
            insert into schedules (name, definition, next_run_at)
            values (\(name), \(definition), \(nextRunAt))
            on conflict (name) do update
            set definition = excluded.definition, next_run_at = excluded.next_run_at
            where schedules.definition <> excluded.definition
            """)
    }

    func advance(
        _ name: String, definition: String, to nextRunAt: Timestamp, at time: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update schedules
            set next_run_at = \(nextRunAt), last_run_at = \(time)
            where name = \(name) and definition = \(definition) and next_run_at <= \(time)
            """) == 1
    }

    func upcoming() async throws -> [String: Timestamp] {
        let rows = try await runner.all("select name, next_run_at from schedules") {
            columns throws(PostgresDecodingError) in
            (name: try columns.next(String.self), time: try columns.next(Timestamp.self))
        }
        return Dictionary(rows.map { ($0.name, $0.time) }) { first, _ in first }
    }
}
