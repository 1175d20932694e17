import Core
import Persistence

struct InMemoryJobs: JobOutbox {
    let scope: Scope
    let access: any TableAccess

    func enqueue(_ job: Job) async throws -> Bool {
        try await enqueue([job]) == 1
    }

    func enqueue(_ jobs: [Job]) async throws -> Int {
        try await access.write { tables in
            for job in jobs where tables.jobs[job.id] != nil { throw DatabaseError.uniqueViolation }
            var count = 0
            for job in jobs where !tables.isWaiting(job.uniqueKey) {
                tables.jobs[job.id] = JobRow(job: job)
                count += 1
            }
            return count
        }
    }

    func finish(_ claim: JobClaim, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard scope.isSystem, tables.holds(claim) else { return false }
            tables.settle(claim.job, as: .finished, at: time)
            return true
        }
    }

    func retry(_ id: ID<Job>, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard scope.isSystem, let row = tables.jobs[id], row.state == .parked || row.state == .cancelled,
                !tables.isWaiting(row.job.uniqueKey)
            else { return false }
            tables.settle(id, as: .available, at: time)
            tables.jobs[id]?.attempts = 0
            tables.jobs[id]?.job = row.job.moved(to: time)
            return true
        }
    }

    func cancel(_ id: ID<Job>, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard scope.isSystem, tables.jobs[id]?.state == .available else { return false }
            tables.settle(id, as: .cancelled, at: time)
            return true
        }
    }

    /// Jobs belong to no tenant: only the system sees them.
    func list(name: String, page: PageRequest) async throws -> Page<Job> {
        try await access.read { tables in
            let jobs = scope.isSystem ? tables.jobs.values.map(\.job).filter { $0.name == name } : []
            return .latestFirst(jobs, page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }
}

extension Tables {
    /// Whether a job with this key waits.
    func isWaiting(_ key: String?) -> Bool {
        guard let key else { return false }
        return jobs.values.contains { $0.job.uniqueKey == key && $0.state == .available }
    }

    func holds(_ claim: JobClaim) -> Bool {
        jobs[claim.job]?.lease?.token == claim.token
    }

    mutating func settle(_ id: ID<Job>, as state: JobState, error: String? = nil, at time: Timestamp) {
        jobs[id]?.state = state
        jobs[id]?.lease = nil
        if let error { jobs[id]?.lastError = error }
        jobs[id]?.finishedAt = state == .available ? nil : time
    }
}
