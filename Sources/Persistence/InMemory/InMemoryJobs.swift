import Core
import Persistence

struct InMemoryJobs: JobOutbox {
    let scope: Scope
    let access: any TableAccess

    func enqueue(_ job: Job) async throws -> Bool {
        try await access.write { tables in
            guard tables.jobs[job.id] == nil else { throw DatabaseError.uniqueViolation }
            if let key = job.uniqueKey, tables.jobs.values.contains(where: { $0.uniqueKey == key }) { return false }
            tables.jobs[job.id] = job
            return true
        }
    }

    /// Jobs belong to no tenant: only the system sees them.
    func list(name: String, page: PageRequest) async throws -> Page<Job> {
        try await access.read { tables in
            let jobs = scope.isSystem ? tables.jobs.values.filter { $0.name == name } : []
            return .latestFirst(jobs, page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }
}
