public import Core
public import Persistence

/// The jobs of an ``InMemoryDatabase``; its leases go by the clock of this machine.
public struct InMemoryJobQueue: JobQueue {
    let tables: CommittedTables
    let clock: TimeSource

    public func claim(
        _ queue: String, limit: Int, lease: Duration, token: ID<JobClaim>, at time: Timestamp
    ) async throws -> [ClaimedJob] {
        try await tables.write { tables in
            let due = tables.jobs.values
                .filter { $0.job.queue == queue && $0.state == .available && $0.job.runAt <= time }.map(\.job)
                .sorted { ($0.priority, $0.runAt, $0.id) < ($1.priority, $1.runAt, $1.id) }
            return due.prefix(max(0, limit)).map { job in
                tables.jobs[job.id]?.state = .running
                tables.jobs[job.id]?.attempts += 1
                tables.jobs[job.id]?.lease = (token, clock.now() + lease)
                return ClaimedJob(
                    job: job, claim: JobClaim(job: job.id, token: token), attempt: tables.jobs[job.id]?.attempts ?? 1)
            }
        }
    }

    public func extend(_ claims: [JobClaim], lease: Duration) async throws -> Set<JobClaim> {
        try await tables.write { tables in
            let held = claims.filter { tables.holds($0) }
            for claim in held { tables.jobs[claim.job]?.lease = (claim.token, clock.now() + lease) }
            return Set(held)
        }
    }

    public func settle(_ results: [JobResult], at time: Timestamp) async throws -> Set<JobClaim> {
        try await tables.write { tables in
            var held: Set<JobClaim> = []
            for result in results where tables.holds(result.claim) {
                held.insert(result.claim)
                settle(result, in: &tables, at: time)
            }
            return held
        }
    }

    private func settle(_ result: JobResult, in tables: inout Tables, at time: Timestamp) {
        let id = result.claim.job
        guard let job = tables.jobs[id]?.job else { return }
        // Where another job with the same key waits, a second would break the rule, and would be of no use.
        let again: JobState = tables.isWaiting(job.uniqueKey) ? .cancelled : .available
        switch result.outcome {
        case .finished: tables.settle(id, as: .finished, at: time)
        case .parked(let error): tables.settle(id, as: .parked, error: error, at: time)
        case .retry(let runAt, let error):
            tables.settle(id, as: again, error: error, at: time)
            tables.jobs[id]?.job = job.moved(to: runAt)
        case .returned:
            tables.settle(id, as: again, at: time)
            tables.jobs[id]?.attempts -= 1
        }
    }

    public func reclaim(at time: Timestamp) async throws -> Int {
        try await tables.write { tables in
            let now = clock.now()
            let over = tables.jobs.values.filter { row in row.lease.map { $0.until < now } ?? false }
            for row in over {
                let state: JobState =
                    row.attempts >= row.job.maxAttempts
                    ? .parked : tables.isWaiting(row.job.uniqueKey) ? .cancelled : .available
                tables.settle(row.job.id, as: state, error: "the worker was lost", at: time)
            }
            return over.count
        }
    }

    public func nextDue(_ queue: String) async throws -> Timestamp? {
        try await tables.read { tables in
            tables.jobs.values.filter { $0.job.queue == queue && $0.state == .available }.map(\.job.runAt).min()
        }
    }

    public func find(_ id: ID<Job>) async throws -> JobRecord? {
        try await tables.read { $0.jobs[id]?.record }
    }

    public func list(state: JobState?, name: String?, page: PageRequest) async throws -> Page<JobRecord> {
        try await tables.read { tables in
            let records = tables.jobs.values.map(\.record)
                .filter { (state == nil || $0.state == state) && (name == nil || $0.job.name == name) }
            return .latestFirst(records, page) { Cursor(time: $0.job.createdAt, id: $0.job.id) }
        }
    }

    public func removeEnded(_ states: [JobState], before time: Timestamp) async throws -> Int {
        try await tables.write { tables in
            let ended = tables.jobs.values.filter { row in
                states.contains(row.state) && row.finishedAt.map { $0 < time } ?? false
            }
            for row in ended { tables.jobs[row.job.id] = nil }
            return ended.count
        }
    }

    public func statistics() async throws -> [JobQueueStatistics] {
        try await tables.read { tables in
            Dictionary(grouping: tables.jobs.values, by: \.job.queue).compactMap { queue, rows in
                func count(_ state: JobState) -> Int { rows.count { $0.state == state } }
                let open = count(.available) + count(.running) + count(.parked)
                guard open > 0 else { return nil }
                return JobQueueStatistics(
                    queue: queue, available: count(.available), running: count(.running), parked: count(.parked),
                    oldestDue: rows.filter { $0.state == .available }.map(\.job.runAt).min())
            }
            .sorted { $0.queue < $1.queue }
        }
    }

    public func wakeUps() -> AsyncStream<Void> { tables.wakeUps.stream(of: .jobs) }
}

extension Job {
    func moved(to runAt: Timestamp) -> Job {
        Job(
            id: id, name: name, queue: queue, priority: priority, parameters: parameters, runAt: runAt,
            uniqueKey: uniqueKey, maxAttempts: maxAttempts, createdAt: createdAt)
    }
}
