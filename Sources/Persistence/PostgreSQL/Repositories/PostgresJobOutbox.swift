import Core
import Persistence
import PostgresClient

struct PostgresJobOutbox: JobOutbox {
    let runner: any StatementRunner
    /// Called after a statement that added jobs.
    let added: @Sendable () -> Void

    func enqueue(_ job: Job) async throws -> Bool {
        try await enqueue([job]) == 1
    }

    func enqueue(_ jobs: [Job]) async throws -> Int {
        // Without a conflict target, for one needs the right to see jobs. With a key in it, a new id can't be what
        // conflicts.
        let unlessWaiting: SQL = jobs.contains { $0.uniqueKey != nil } ? "on conflict do nothing" : ""
        let count = try await runner.change(
            """
            insert into jobs (id, name, queue, priority, parameters, run_at, unique_key, max_attempts, created_at)
            select id, name, queue, priority, parameters::jsonb, timestamptz 'epoch' + run_at * interval '1 microsecond',
                nullif(unique_key, ''), max_attempts, timestamptz 'epoch' + created_at * interval '1 microsecond'
            from unnest(
                \(jobs.map { PostgresUUID(high: $0.id.high, low: $0.id.low) }), \(jobs.map(\.name)),
                \(jobs.map(\.queue)), \(jobs.map { Int64($0.priority) }),
                \(jobs.map { String(decoding: $0.parameters, as: UTF8.self) }), \(jobs.map(\.runAt.microseconds)),
                \(jobs.map { $0.uniqueKey ?? "" }), \(jobs.map { Int64($0.maxAttempts) }),
                \(jobs.map(\.createdAt.microseconds)))
                as added (id, name, queue, priority, parameters, run_at, unique_key, max_attempts, created_at)
            \(sql: unlessWaiting)
            """)
        if count > 0 { added() }
        return count
    }

    func finish(_ claim: JobClaim, at time: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            update jobs
            set state = 'finished', finished_at = \(time), lease_token = null, leased_until = null
            where id = \(claim.job) and lease_token = \(claim.token)
            """) == 1
    }

    func retry(_ id: ID<Job>, at time: Timestamp) async throws -> Bool {
        let count = try await runner.change(
            """
            update jobs
            set state = 'available', attempts = 0, run_at = \(time), finished_at = null
            where id = \(id) and state in ('parked', 'cancelled') and not exists (
                select from jobs as other where other.unique_key = jobs.unique_key and other.state = 'available')
            """)
        if count == 1 { added() }
        return count == 1
    }

    func cancel(_ id: ID<Job>, at time: Timestamp) async throws -> Bool {
        try await runner.change(
            "update jobs set state = 'cancelled', finished_at = \(time) where id = \(id) and state = 'available'") == 1
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
