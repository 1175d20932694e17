public import Core
public import Persistence
import PostgresClient

extension PostgresJobQueue {
    /// What `last_error` holds, in bytes; a longer one is cut.
    private static let longestError = 4000

    // Only a job that comes back can meet another with its key, so most need no look for one.
    public func settle(_ results: [JobResult], at time: Timestamp) async throws -> Set<JobClaim> {
        let rows = results.map(Row.init)
        let changes = [
            Self.ending(rows.filter { $0.state != JobState.available.rawValue }, at: time),
            Self.returning(rows.filter { $0.state == JobState.available.rawValue }, at: time),
        ].compactMap { $0 }
        guard !changes.isEmpty else { return [] }
        return try await runner.run(changes, access: .write).reduce(into: []) { held, rows in
            held.formUnion(try rows.values(Self.claim))
        }
    }

    private static func ending(_ rows: [Row], at time: Timestamp) -> SQL? {
        if rows.isEmpty { return nil }
        return """
            update jobs
            set state = result.state, last_error = coalesce(nullif(result.error, ''), last_error),
                lease_token = null, leased_until = null, finished_at = \(time)
            from unnest(
                \(rows.map(\.id)), \(rows.map(\.token)), \(rows.map(\.state)), \(rows.map(\.error)))
                as result (id, token, state, error)
            where jobs.id = any(\(rows.map(\.id))) and jobs.id = result.id and jobs.lease_token = result.token
            returning jobs.id, result.token
            """
    }

    /// Where another job with the same key waits, or comes back as well, a second would break the rule, and would be of no
    /// use.
    private static func returning(_ rows: [Row], at time: Timestamp) -> SQL? {
        if rows.isEmpty { return nil }
        return """
            with results as (
                select *
                from unnest(
                    \(rows.map(\.id)), \(rows.map(\.token)), \(rows.map(\.runAt)), \(rows.map(\.error)),
                    \(rows.map(\.returned))) as result (id, token, run_at, error, returned)
            ), held as (
                select results.*, jobs.unique_key
                from results
                join jobs on jobs.id = results.id and jobs.lease_token = results.token
                where jobs.id = any(\(rows.map(\.id)))
            )
            update jobs
            set state = settled.state, attempts = attempts - settled.returned,
                run_at = case when settled.run_at = 0 then jobs.run_at
                    else timestamptz 'epoch' + settled.run_at * interval '1 microsecond' end,
                last_error = coalesce(nullif(settled.error, ''), last_error), lease_token = null, leased_until = null,
                finished_at = case when settled.state = 'available' then null else \(time) end
            from (
                select held.id, held.token, held.run_at, held.error, held.returned,
                    case when exists (
                        select from jobs as other
                        where other.unique_key = held.unique_key and other.state = 'available'
                    ) or exists (
                        select from held as earlier
                        where earlier.unique_key = held.unique_key and earlier.id < held.id
                    ) then 'cancelled' else 'available' end as state
                from held
            ) as settled
            where jobs.id = any(\(rows.map(\.id))) and jobs.id = settled.id
                and jobs.lease_token = settled.token
            returning jobs.id, settled.token
            """
    }

    private static func cut(_ error: String) -> String {
        // NUL can't be stored; a character cut in half becomes its replacement, which is longer than what is left of it.
        String(decoding: error.utf8.filter { $0 != 0 }.prefix(longestError - 4), as: UTF8.self)
    }

    /// A result as the columns of the statement.
    private struct Row {
        let id: PostgresUUID
        let token: PostgresUUID
        let state: String
        /// Microseconds; 0 to leave it.
        let runAt: Int64
        /// Empty for none.
        let error: String
        /// 1 where the attempt does not count.
        let returned: Int64

        init(_ result: JobResult) {
            (id, token) = (result.claim.job.uuid, result.claim.token.uuid)
            let reason: String
            switch result.outcome {
            case .finished: (state, runAt, reason, returned) = (JobState.finished.rawValue, 0, "", 0)
            case .retry(let time, let error):
                (state, runAt, reason, returned) = (JobState.available.rawValue, time.microseconds, error, 0)
            case .parked(let error): (state, runAt, reason, returned) = (JobState.parked.rawValue, 0, error, 0)
            case .returned: (state, runAt, reason, returned) = (JobState.available.rawValue, 0, "", 1)
            }
            error = PostgresJobQueue.cut(reason)
        }
    }
}
