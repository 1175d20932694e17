import Core
import DatabaseSupport
import Fakes
import Jobs
import Logging
import Persistence
import PersistencePostgreSQL
import Testing

/// On PostgreSQL, where two really come at once.
struct JobAdministrationTests {
    @Test func `of two parked jobs with one key that are retried at once, one waits and the other is refused`()
        async throws
    {
        try await withDatabase { _, database in
            let administrations = (0..<2).map { _ in JobAdministration(database: database, queue: database.jobQueue) }
            for round in 0..<20 {
                let ids = try await parked(2, key: "round \(round)", in: database)
                let outcomes = await withTaskGroup(of: Result<JobRecord?, any Error>.self) { group in
                    for (administration, id) in zip(administrations, ids) {
                        group.addTask {
                            do {
                                return .success(try await administration.retry(id, by: nil, origin: .none))
                            } catch {
                                return .failure(error)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                let retried = outcomes.compactMap { try? $0.get() }
                #expect(retried.map(\.state) == [.available])
                let refusals = outcomes.compactMap { outcome -> JobRefusal? in
                    if case .failure(let error) = outcome { error as? JobRefusal } else { nil }
                }
                #expect(refusals.map(\.state) == [.parked])
                for job in retried {
                    #expect(try await database.scoped(.system).jobs.cancel(job.job.id, at: job.job.createdAt))
                }
            }
        }
    }

    /// Jobs that came to their end one after the other, as those with one key do.
    private func parked(_ count: Int, key: String, in database: PostgresDatabase) async throws -> [ID<Job>] {
        let (now, queue) = (TimeSource.system.now(), database.jobQueue)
        var ids: [ID<Job>] = []
        for _ in 0..<count {
            let job = try Job(Count(), id: .make(at: now, randomness: .system), uniqueKey: key, at: now)
            try await database.scoped(.system).jobs.enqueue(job)
            let claimed = try await queue.claim(
                Job.defaultQueue, limit: 1, lease: .seconds(30), token: .make(at: now, randomness: .system), at: now)
            let results = claimed.map { JobResult(claim: $0.claim, outcome: .parked(error: "poison")) }
            #expect(try await queue.settle(results, at: now).count == 1)
            ids.append(job.id)
        }
        return ids
    }
}
