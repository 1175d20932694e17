import PersistencePostgreSQL
import PostgresClient

/// What the database says of a soak.
struct SoakFindings: CustomStringConvertible {
    let jobs: Int
    let poisoned: Int
    let finished: Int
    let parked: Int
    /// Jobs that were started more than once, poison apart.
    let repeated: Int
    /// Jobs that are finished and whose effect is not there exactly once, and others whose effect is there.
    let wrongEffects: Int
    /// The longest from one start of a job to its next, of all that were begun by a worker that was killed.
    let longestOrphan: Duration

    init(of database: PostgresDatabase, jobs: Int, poisoned: Int) async throws {
        let rows = try await database.client.query(
            """
            with starts as (
                select target_id, created_at - lag(created_at) over (partition by target_id order by created_at) as gap
                from audit_events
                where action = 'soak.started'
            ), effects as (
                select target_id, count(*) as count
                from audit_events
                where action = 'soak.done'
                group by target_id
            )
            select count(*) filter (where state = 'finished'), count(*) filter (where state = 'parked'),
                count(*) filter (where attempts > 1 and state = 'finished'),
                count(*) filter (where coalesce(effects.count, 0) <> case state when 'finished' then 1 else 0 end),
                (
                    select coalesce(max(extract(epoch from gap) * 1000), 0)::bigint
                    from starts
                    join jobs as again on again.id::text = starts.target_id and again.state = 'finished'
                )
            from jobs
            left join effects on effects.target_id = jobs.id::text
            """)
        guard var columns = rows.first?.columns else { throw ExitWithoutRow() }
        finished = Int(try columns.next(Int64.self))
        parked = Int(try columns.next(Int64.self))
        repeated = Int(try columns.next(Int64.self))
        wrongEffects = Int(try columns.next(Int64.self))
        longestOrphan = .milliseconds(try columns.next(Int64.self))
        self.jobs = jobs
        self.poisoned = poisoned
    }

    private struct ExitWithoutRow: Error {}

    /// The promises that were not kept.
    func broken(longestOrphan promised: Duration) -> [String] {
        var broken: [String] = []
        if finished != jobs - poisoned { broken.append("\(jobs - poisoned - finished) jobs are not finished") }
        if parked != poisoned { broken.append("\(parked) jobs are parked and \(poisoned) should be") }
        if wrongEffects != 0 { broken.append("\(wrongEffects) jobs have not exactly one effect") }
        if repeated == 0 { broken.append("no job was hit by a kill, so nothing was tried") }
        if longestOrphan > promised { broken.append("an orphan waited for \(longestOrphan)") }
        return broken
    }

    var description: String {
        """
        \(jobs) jobs: \(finished) finished, \(parked) parked (\(poisoned) were poison), \(wrongEffects) with a wrong effect
        \(repeated) were started again after a kill, at most \(longestOrphan) after the start before
        """
    }
}
