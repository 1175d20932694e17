public import Core
public import Persistence
import PostgresClient

/// The jobs in PostgreSQL, whose clock rules leases.
public struct PostgresJobQueue: JobQueue {
    /// Jobs that one statement removes.
    private static let removedAtOnce = 5000

    let runner: any StatementRunner
    let signals: InstanceSignals

    public func claim(
        _ queue: String, limit: Int, lease: Duration, token: ID<JobClaim>, at time: Timestamp
    ) async throws -> [ClaimedJob] {
        try await runner.changed(
            """
            with due as (
                select id
                from jobs
                where queue = \(queue) and state = 'available' and run_at <= \(time)
                order by priority, run_at, id
                limit \(limit)
                for update skip locked
            )
            update jobs
            set state = 'running', attempts = attempts + 1, lease_token = \(token),
                leased_until = clock_timestamp() + \(lease.microseconds) * interval '1 microsecond'
            from due
            where jobs.id = due.id
            returning \(unescaped: Job.columns), jobs.attempts
            """
        ) { columns throws(PostgresDecodingError) in
            let job = try Job(columns: &columns)
            return ClaimedJob(job: job, claim: JobClaim(job: job.id, token: token), attempt: try columns.next())
        }
        .sorted { ($0.job.priority, $0.job.runAt, $0.job.id) < ($1.job.priority, $1.job.runAt, $1.job.id) }
    }

    // A job has a lease token only while it runs, as a check of the table says.
    public func extend(_ claims: [JobClaim], lease: Duration) async throws -> Set<JobClaim> {
        try await held(
            """
            update jobs
            set leased_until = clock_timestamp() + \(lease.microseconds) * interval '1 microsecond'
            from unnest(\(claims.map(\.job.uuid)), \(claims.map(\.token.uuid))) as claim (id, token)
            where jobs.id = any(\(claims.map(\.job.uuid))) and jobs.id = claim.id and jobs.lease_token = claim.token
            returning jobs.id, claim.token
            """)
    }

    public func reclaim(at time: Timestamp) async throws -> Int {
        try await runner.change(
            """
            with lost as (
                select id, unique_key, attempts >= max_attempts as is_spent
                from jobs
                where state = 'running' and leased_until < clock_timestamp()
                for update skip locked
            ), over as (
                select id, case
                    when is_spent then 'parked'
                    when exists (
                        select from jobs as other
                        where other.unique_key = lost.unique_key and other.state = 'available'
                    ) or exists (
                        select from lost as earlier
                        where earlier.unique_key = lost.unique_key and not earlier.is_spent and earlier.id < lost.id
                    ) then 'cancelled'
                    else 'available' end as state
                from lost
            )
            update jobs
            set state = over.state, lease_token = null, leased_until = null, last_error = 'the worker was lost',
                finished_at = case when over.state = 'available' then null else \(time) end
            from over
            where jobs.id = over.id
            """)
    }

    public func nextDue(_ queue: String) async throws -> Timestamp? {
        try await runner.first(
            "select min(run_at) from jobs where queue = \(queue) and state = 'available'"
        ) { columns throws(PostgresDecodingError) in try columns.next(Timestamp?.self) } ?? nil
    }

    public func find(_ id: ID<Job>) async throws -> JobRecord? {
        try await runner.first(
            "select \(unescaped: JobRecord.columns) from jobs where id = \(id)", JobRecord.init(columns:))
    }

    public func list(state: JobState?, name: String?, page: PageRequest) async throws -> Page<JobRecord> {
        let ofState: SQL = state.map { "and state = \($0)" } ?? ""
        let ofName: SQL = name.map { "and name = \($0)" } ?? ""
        return try await runner.page(
            """
            select \(unescaped: JobRecord.columns)
            from jobs
            where true \(sql: ofState) \(sql: ofName) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, JobRecord.init(columns:)
        ) { Cursor(time: $0.job.createdAt, id: $0.job.id) }
    }

    // In steps, so that no statement runs into its time-out, however many there are.
    public func removeEnded(_ states: [JobState], before time: Timestamp) async throws -> Int {
        var removed = 0
        var count = 0
        repeat {
            count = try await runner.change(
                """
                delete from jobs
                where id in (
                    select id from jobs
                    where finished_at < \(time) and state = any(\(states.map(\.rawValue)))
                    limit \(Int64(Self.removedAtOnce))
                )
                """)
            removed += count
        } while count == Self.removedAtOnce
        return removed
    }

    public func statistics() async throws -> [JobQueueStatistics] {
        try await runner.all(
            """
            select queue, count(*) filter (where state = 'available'), count(*) filter (where state = 'running'),
                count(*) filter (where state = 'parked'), min(run_at) filter (where state = 'available')
            from jobs
            where state in ('available', 'running', 'parked')
            group by queue
            order by queue
            """
        ) { columns throws(PostgresDecodingError) in
            JobQueueStatistics(
                queue: try columns.next(), available: try columns.next(), running: try columns.next(),
                parked: try columns.next(), oldestDue: try columns.next())
        }
    }

    public func wakeUps() -> AsyncStream<Void> { signals.wakeUps(of: .jobs) }

    private func held(_ change: SQL) async throws -> Set<JobClaim> {
        Set(try await runner.changed(change, Self.claim))
    }

    static func claim(columns: inout PostgresColumns) throws(PostgresDecodingError) -> JobClaim {
        JobClaim(job: try columns.next(), token: try columns.next())
    }
}

extension ID {
    var uuid: PostgresUUID { PostgresUUID(high: high, low: low) }
}
