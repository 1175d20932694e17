import Core
import Persistence
import Testing

extension Contracts {
    static let jobQueue: [Contract] = [
        Contract("jobs are claimed by priority, then time, when they are due, and only of their queue") { context in
            let jobs = [
                Job.sample(context, priority: 1, runAt: context.now - .seconds(9)),
                Job.sample(context, runAt: context.now - .seconds(1)),
                Job.sample(context, runAt: context.now - .seconds(5)),
                Job.sample(context, priority: -3, runAt: context.now),
                Job.sample(context, runAt: context.now + .microseconds(1)),
                Job.sample(context, queue: "other", priority: -9, runAt: context.now),
            ]
            #expect(try await context.system.jobs.enqueue(jobs) == 6)
            let first = try await context.claim(limit: 3)
            #expect(first.map(\.job) == [jobs[3], jobs[2], jobs[1]])
            #expect(first.allSatisfy { $0.attempt == 1 })
            #expect(try await context.claim(limit: 3).map(\.job) == [jobs[0]])
            #expect(try await context.claim(limit: 3).isEmpty)
            #expect(try await context.jobQueue.nextDue(Job.defaultQueue) == jobs[4].runAt)
            #expect(try await context.jobQueue.nextDue("none") == nil)
            #expect(try await context.claim(queue: "other", limit: 9).map(\.job) == [jobs[5]])
        },
        Contract("of twenty workers at once no two get the same job, and none waits") { context in
            try await context.system.jobs.enqueue((0..<50).map { _ in Job.sample(context) })
            let claims = try await race(20) { _ in try await context.claim(limit: 5) }.flatMap { try $0.get() }
            #expect(claims.count == 50)
            #expect(Set(claims.map(\.job.id)).count == 50)
        },
        Contract("only the attempt that holds a job settles it") { context in
            let job = Job.sample(context)
            try await context.system.jobs.enqueue(job)
            let lost = try #require(try await context.claim(lease: .seconds(-1)).first)
            #expect(try await context.jobQueue.reclaim(at: context.now) == 1)
            let held = try #require(try await context.claim().first)
            #expect(held.attempt == 2)
            let results = [lost, held].map { JobResult(claim: $0.claim, outcome: .finished) }
            #expect(try await context.jobQueue.settle([results[0]], at: context.now).isEmpty)
            #expect(try await context.system.jobs.finish(lost.claim, at: context.now) == false)
            #expect(try await context.jobQueue.find(job.id)?.state == .running)
            #expect(try await context.jobQueue.settle(results, at: context.now) == [held.claim])
            #expect(try await context.jobQueue.settle(results, at: context.now).isEmpty)
            let record = try #require(try await context.jobQueue.find(job.id))
            #expect(
                record
                    == JobRecord(
                        job: job, state: .finished, attempts: 2, lastError: "the worker was lost",
                        finishedAt: context.now))
        },
        Contract("a lease is prolonged, and over only where it was not") { context in
            try await context.system.jobs.enqueue([.sample(context), .sample(context)])
            let claims = try await context.claim(lease: .seconds(-1)).map(\.claim)
            #expect(claims.count == 2)
            #expect(try await context.jobQueue.extend([claims[0]], lease: .minutes(5)) == [claims[0]])
            #expect(try await context.jobQueue.reclaim(at: context.now) == 1)
            #expect(try await context.jobQueue.extend(claims, lease: .minutes(5)) == [claims[0]])
            #expect(try await context.claim().map(\.job.id) == [claims[1].job])
        },
        Contract("a failed job waits for its time, a returned one keeps its attempt, a parked one stays") { context in
            let jobs = [Job.sample(context), Job.sample(context), Job.sample(context)]
            try await context.system.jobs.enqueue(jobs)
            let claims = Dictionary(
                uniqueKeysWithValues: try await context.claim().map { ($0.job.id, $0.claim) })
            let later = context.now + .minutes(1)
            let results = try zip(
                jobs, [JobResult.Outcome.retry(at: later, error: "busy \u{0}"), .returned, .parked(error: "no use")]
            ).map { JobResult(claim: try #require(claims[$0.id]), outcome: $1) }
            #expect(try await context.jobQueue.settle(results, at: context.now).count == 3)
            #expect(try await context.claim().map(\.job.id) == [jobs[1].id])
            let again = try await context.claim(at: later)
            #expect(again.map(\.job.id) == [jobs[0].id])
            #expect(again.first?.attempt == 2)
            #expect(try await context.jobQueue.find(jobs[1].id)?.attempts == 1)
            let parked = try #require(try await context.jobQueue.find(jobs[2].id))
            #expect(parked.state == .parked && parked.lastError == "no use" && parked.finishedAt == context.now)
        },
        Contract("a job whose last attempt is lost is parked") { context in
            let job = Job.sample(context, maxAttempts: 1)
            try await context.system.jobs.enqueue(job)
            #expect(try await context.claim(lease: .seconds(-1)).count == 1)
            #expect(try await context.jobQueue.reclaim(at: context.now) == 1)
            #expect(try await context.jobQueue.find(job.id)?.state == .parked)
            #expect(try await context.claim().isEmpty)
        },
        Contract("a job that comes back while another with its key waits makes way") { context in
            let first = Job.sample(context, uniqueKey: "k")
            try await context.system.jobs.enqueue(first)
            let claim = try #require(try await context.claim().first?.claim)
            let second = Job.sample(context, uniqueKey: "k")
            #expect(try await context.system.jobs.enqueue(second))
            let retry = JobResult(claim: claim, outcome: .retry(at: context.now, error: "x"))
            #expect(try await context.jobQueue.settle([retry], at: context.now) == [claim])
            #expect(try await context.jobQueue.find(first.id)?.state == .cancelled)
            #expect(try await context.system.jobs.retry(first.id, at: context.now) == false)
            #expect(try await context.claim(lease: .seconds(-1)).map(\.job.id) == [second.id])
            #expect(try await context.system.jobs.enqueue(.sample(context, uniqueKey: "k")))
            #expect(try await context.jobQueue.reclaim(at: context.now) == 1)
            #expect(try await context.jobQueue.find(second.id)?.state == .cancelled)
        },
        Contract("of jobs with one key that come back together one does") { context in
            func claimTwo(lease: Duration) async throws -> [ClaimedJob] {
                var claimed: [ClaimedJob] = []
                for _ in 0..<2 {
                    try await context.system.jobs.enqueue(.sample(context, uniqueKey: "k"))
                    claimed += try await context.claim(lease: lease)
                }
                return claimed
            }
            func states(_ jobs: [ClaimedJob]) async throws -> Set<JobState?> {
                var states: Set<JobState?> = []
                for job in jobs { states.insert(try await context.jobQueue.find(job.job.id)?.state) }
                return states
            }
            let failed = try await claimTwo(lease: .seconds(30))
            #expect(failed.count == 2)
            let results = failed.map { JobResult(claim: $0.claim, outcome: .retry(at: context.now, error: "x")) }
            #expect(try await context.jobQueue.settle(results, at: context.now).count == 2)
            #expect(try await states(failed) == [.available, .cancelled])

            for job in try await context.claim() {
                let result = JobResult(claim: job.claim, outcome: .finished)
                _ = try await context.jobQueue.settle([result], at: context.now)
            }
            let lost = try await claimTwo(lease: .seconds(-1))
            #expect(lost.count == 2)
            #expect(try await context.jobQueue.reclaim(at: context.now) == 2)
            #expect(try await states(lost) == [.available, .cancelled])
        },
        Contract("an effect and the end of its job are one") { context in
            let job = Job.sample(context)
            try await context.system.jobs.enqueue(job)
            let claim = try #require(try await context.claim().first?.claim)
            let user = try User.sample(context)
            await #expect(throws: Abandoned()) {
                try await context.database.transaction(.system) { store in
                    try await store.users.insert(user, passwordHash: nil)
                    #expect(try await store.jobs.finish(claim, at: context.now))
                    throw Abandoned()
                }
            }
            #expect(try await context.jobQueue.find(job.id)?.state == .running)
            try await context.database.transaction(.system) { store in
                try await store.users.insert(user, passwordHash: nil)
                #expect(try await store.jobs.finish(claim, at: context.now))
            }
            #expect(try await context.jobQueue.find(job.id)?.state == .finished)
            let isHeld = try await context.system.jobs.finish(claim, at: context.now)
            #expect(!isHeld)
        },
        Contract("waiting jobs are cancelled, ended ones started anew, and removed in the end") { context in
            let jobs = [Job.sample(context), Job.sample(context, maxAttempts: 1)]
            try await context.system.jobs.enqueue(jobs)
            #expect(try await context.system.jobs.cancel(jobs[0].id, at: context.now))
            #expect(try await context.system.jobs.cancel(jobs[0].id, at: context.now) == false)
            let claim = try #require(try await context.claim().first?.claim)
            #expect(try await context.system.jobs.cancel(jobs[1].id, at: context.now) == false)
            #expect(try await context.system.jobs.retry(jobs[1].id, at: context.now) == false)
            _ = try await context.jobQueue.settle(
                [JobResult(claim: claim, outcome: .parked(error: "x"))], at: context.now)
            let later = context.now + .minutes(1)
            for job in jobs {
                #expect(try await context.system.jobs.retry(job.id, at: later))
                let record = try #require(try await context.jobQueue.find(job.id))
                #expect(record.state == .available && record.attempts == 0 && record.job.runAt == later)
                #expect(record.finishedAt == nil)
                #expect(try await context.system.jobs.cancel(job.id, at: later))
            }
            let ends = [JobState.finished, .cancelled]
            #expect(try await context.jobQueue.removeEnded(ends, before: later) == 0)
            #expect(try await context.jobQueue.removeEnded([.parked], before: later + .microseconds(1)) == 0)
            #expect(try await context.jobQueue.removeEnded(ends, before: later + .microseconds(1)) == 2)
            #expect(try await context.jobQueue.find(jobs[0].id) == nil)
        },
        Contract("jobs are listed by state and name, and counted by queue") { context in
            let jobs = [
                Job.sample(context), Job.sample(context, name: "mail.bounce"),
                Job.sample(context, queue: "slow", runAt: context.now - .minutes(2)),
            ]
            for job in jobs { try await context.system.jobs.enqueue(job) }
            let claim = try #require(try await context.claim(limit: 1).first)
            func ids(_ state: JobState?, _ name: String?) async throws -> Set<ID<Job>> {
                Set(try await context.jobQueue.list(state: state, name: name, page: PageRequest()).items.map(\.job.id))
            }
            #expect(try await ids(nil, nil) == Set(jobs.map(\.id)))
            #expect(try await ids(.running, nil) == [claim.job.id])
            #expect(try await ids(.available, nil) == Set(jobs.map(\.id)).subtracting([claim.job.id]))
            #expect(try await ids(nil, "mail.bounce") == [jobs[1].id])
            #expect(try await ids(.parked, "mail.bounce").isEmpty)
            let statistics = try await context.jobQueue.statistics()
            #expect(
                statistics == [
                    JobQueueStatistics(
                        queue: "default", available: 1, running: 1, parked: 0, oldestDue: context.now),
                    JobQueueStatistics(queue: "slow", available: 1, running: 0, parked: 0, oldestDue: jobs[2].runAt),
                ])
        },
        Contract("who waits for jobs is woken after the commit") { context in
            var wakeUps = context.jobQueue.wakeUps().makeAsyncIterator()
            try await context.database.transaction(.system) { store async throws in
                _ = try await store.jobs.enqueue(.sample(context))
            }
            #expect(await wakeUps.next() != nil)
            #expect(try await context.claim().count == 1)
            try await context.system.jobs.enqueue(.sample(context))
            #expect(await wakeUps.next() != nil)
        },
        Contract("a schedule fires once for all who ask, and keeps its time until its definition changes") { context in
            let (schedules, definition) = (context.system.schedules, "every 60 s")
            let due = context.now + .minutes(1)
            try await schedules.register("sweep", definition: definition, nextRunAt: due)
            try await schedules.register("sweep", definition: definition, nextRunAt: due + .hours(1))
            #expect(try await schedules.upcoming() == ["sweep": due])
            #expect(
                try await schedules.advance(
                    "sweep", definition: definition, to: due + .hours(1), at: due - .microseconds(1)) == false)
            let fired = await race(20) { _ in
                try await schedules.advance("sweep", definition: definition, to: due + .minutes(1), at: due)
            }
            #expect(try fired.trues() == 1)
            #expect(try await schedules.upcoming() == ["sweep": due + .minutes(1)])
            try await schedules.register("sweep", definition: "every 5 s", nextRunAt: due + .seconds(5))
            #expect(try await schedules.upcoming() == ["sweep": due + .seconds(5)])
            // Of an instance that knows the definition before.
            #expect(
                try await schedules.advance("sweep", definition: definition, to: due + .hours(1), at: due + .hours(1))
                    == false)
            #expect(try await schedules.advance("other", definition: definition, to: due, at: due) == false)
        },
    ]
}

extension ContractContext {
    fileprivate func claim(
        queue: String = Job.defaultQueue, limit: Int = 100, lease: Duration = .seconds(30), at time: Timestamp? = nil
    ) async throws -> [ClaimedJob] {
        try await jobQueue.claim(queue, limit: limit, lease: lease, token: makeID(), at: time ?? now)
    }
}
