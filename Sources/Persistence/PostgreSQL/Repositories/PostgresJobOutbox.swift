import Core
import Persistence
import PostgresClient

struct PostgresJobOutbox: JobOutbox {
    let runner: any StatementRunner

    func enqueue(_ job: Job) async throws -> Bool {
        // Without a conflict target, for one needs the right to see jobs. With a key in it, a new id can't be what
        // conflicts.
        let unlessWaiting: SQL = job.uniqueKey == nil ? "" : "on conflict do nothing"
        return try await runner.change(
            """
            insert into jobs (id, name, parameters, run_at, unique_key, created_at)
            values (
                \(job.id), \(job.name), \(PostgresJSON(bytes: job.parameters)), \(job.runAt), \(job.uniqueKey),
                \(job.createdAt))
            \(sql: unlessWaiting)
            """) == 1
    }

    func list(name: String, page: PageRequest) async throws -> Page<Job> {
        try await runner.page(
            """
            select \(unescaped: Job.columns)
            from jobs
            where name = \(name) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, Job.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }
}
