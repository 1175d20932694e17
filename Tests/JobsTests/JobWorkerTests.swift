import Core
import Fakes
import Jobs
import Logging
import Persistence
import PersistenceInMemory
import ServiceLifecycle
import Synchronization
import Testing

struct Count: JobParameters {
    static let jobName = "test.count"
    var number = 0
}

struct JobWorkerTests {
    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Jobs of one process, the handlers of a test, and what they saw.
    private struct Bench: Sendable {
        let database = InMemoryDatabase()
        let seen = Seen()
        private var settings = JobWorkerSettings()

        init(_ configure: (inout JobWorkerSettings) -> Void = { _ in }) {
            configure(&settings)
        }

        var queue: InMemoryJobQueue { database.jobQueue() }

        func enqueue(_ count: Int = 1, maxAttempts: Int = 20) async throws -> [Job] {
            let jobs = try (0..<count).map { number in
                try Job(
                    Count(number: number), id: .make(at: TimeSource.system.now(), randomness: .system),
                    maxAttempts: maxAttempts, at: TimeSource.system.now())
            }
            try await database.scoped(.system).jobs.enqueue(jobs)
            return jobs
        }

        /// Runs a worker until `body` has returned.
        func working(
            _ handler: @escaping @Sendable (Count, JobContext) async throws -> Void,
            _ body: () async throws -> Void
        ) async throws {
            var handlers = JobHandlers()
            handlers.handle(Count.self, handler)
            let worker = JobWorker(
                database: database, queue: queue, handlers: handlers, settings: settings, logger: JobWorkerTests.silent)
            let group = ServiceGroup(
                configuration: .init(services: [worker], logger: JobWorkerTests.silent))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                do {
                    try await body()
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
        }

        /// Waits until a job is in this state.
        func expect(_ job: Job, _ state: JobState) async throws {
            while try await queue.find(job.id)?.state != state { await Task.yield() }
        }
    }

    private final class Seen: Sendable {
        private let numbers = Mutex<[Int]>([])
        var all: [Int] { numbers.withLock { $0 } }
        func note(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test(.timeLimit(.minutes(1))) func `every job is done once, those there before and those that come`() async throws
    {
        let bench = Bench()
        let before = try await bench.enqueue(150)
        try await bench.working({ count, _ in bench.seen.note(count.number) }) {
            let after = try await bench.enqueue(150)
            for job in before + after { try await bench.expect(job, .finished) }
        }
        #expect(bench.seen.all.sorted() == (0..<150).flatMap { [$0, $0] })
    }

    @Test(.timeLimit(.minutes(1))) func `no more run at once than a queue has places`() async throws {
        let bench = Bench {
            $0.concurrency = 3
        }
        let running = Mutex(0)
        let most = Mutex(0)
        let jobs = try await bench.enqueue(20)
        try await bench.working({ _, _ in
            let now = running.withLock { count in
                count += 1
                return count
            }
            most.withLock { $0 = max($0, now) }
            for _ in 0..<20 { await Task.yield() }
            running.withLock { $0 -= 1 }
        }) {
            for job in jobs { try await bench.expect(job, .finished) }
        }
        #expect(most.withLock { $0 } <= 3)
    }

    @Test(.timeLimit(.minutes(1))) func `a failed job is tried again until it works`() async throws {
        let bench = Bench {
            $0.retries = RetryPolicy(first: .milliseconds(1), longest: .milliseconds(2))
            $0.poll = .milliseconds(10)
        }
        let job = try #require(try await bench.enqueue().first)
        try await bench.working({ _, context in
            bench.seen.note(context.attempt)
            if context.attempt < 4 { throw JobFailure.retry(after: .milliseconds(1), reason: "not yet") }
        }) {
            try await bench.expect(job, .finished)
        }
        #expect(bench.seen.all == [1, 2, 3, 4])
    }

    @Test(.timeLimit(.minutes(1)))
    func `who asks to be tried again at once waits for the back-off all the same`() async throws {
        let bench = Bench {
            $0.retries = RetryPolicy(first: .hours(1), longest: .hours(1))
            $0.poll = .milliseconds(10)
        }
        let job = try #require(try await bench.enqueue().first)
        try await bench.working({ _, _ in throw JobFailure.retry(after: .zero, reason: "429") }) {
            while try await bench.queue.find(job.id)?.lastError == nil { await Task.yield() }
        }
        let record = try #require(try await bench.queue.find(job.id))
        #expect(record.lastError == "429")
        #expect(record.state == .available)
        #expect(record.job.runAt - job.createdAt >= .minutes(45))
    }

    @Test(.timeLimit(.minutes(1))) func `a poison job is parked, and the others go on`() async throws {
        let bench = Bench {
            $0.concurrency = 1
            $0.retries = RetryPolicy(first: .milliseconds(1), longest: .milliseconds(2))
            $0.poll = .milliseconds(10)
        }
        let jobs = try await bench.enqueue(10, maxAttempts: 3)
        try await bench.working({ count, _ in
            bench.seen.note(count.number)
            if count.number == 0 { throw CancellationError() }
            if count.number == 1 { throw JobFailure.permanent("no use") }
        }) {
            for job in jobs.dropFirst(2) { try await bench.expect(job, .finished) }
            for job in jobs.prefix(2) { try await bench.expect(job, .parked) }
        }
        #expect(bench.seen.all.count { $0 == 0 } == 3)
        #expect(bench.seen.all.count { $0 == 1 } == 1)
        #expect(try await bench.queue.find(jobs[1].id)?.lastError == "no use")
    }

    @Test(.timeLimit(.minutes(1)))
    func `what nothing handles, and what can't be read, is parked in the end`() async throws {
        let bench = Bench()
        let now = TimeSource.system.now()
        let jobs = [
            Job(
                id: .make(at: now, randomness: .system), name: "test.unheard", parameters: [], runAt: now,
                maxAttempts: 1, createdAt: now),
            Job(
                id: .make(at: now, randomness: .system), name: Count.jobName, parameters: Array("[]".utf8), runAt: now,
                maxAttempts: 1, createdAt: now),
        ]
        try await bench.database.scoped(.system).jobs.enqueue(jobs)
        try await bench.working({ _, _ in }) {
            for job in jobs { try await bench.expect(job, .parked) }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `an effect with its end happens once, and not for who lost the job`()
        async throws
    {
        let bench = Bench()
        let job = try #require(try await bench.enqueue().first)
        try await bench.working({ _, context in
            try await context.finishing { _ in bench.seen.note(context.attempt) }
            await #expect(throws: JobContext.LeaseLost.self) {
                try await context.finishing { _ in }
            }
        }) {
            try await bench.expect(job, .finished)
        }
        #expect(bench.seen.all == [1])
        #expect(try await bench.queue.find(job.id)?.attempts == 1)
    }

    @Test(.timeLimit(.minutes(1))) func `a job that a lost worker left is done by another`() async throws {
        let bench = Bench {
            $0.reclaim = .milliseconds(5)
            $0.poll = .milliseconds(5)
        }
        let job = try #require(try await bench.enqueue().first)
        let now = TimeSource.system.now()
        let lost = try await bench.queue.claim(
            Job.defaultQueue, limit: 1, lease: .seconds(-1), token: .make(at: now, randomness: .system), at: now)
        #expect(lost.count == 1)
        try await bench.working({ _, context in bench.seen.note(context.attempt) }) {
            try await bench.expect(job, .finished)
        }
        #expect(bench.seen.all == [2])
    }

    @Test(.timeLimit(.minutes(1)))
    func `at the end running jobs are waited for, and given back when it takes too long`()
        async throws
    {
        let bench = Bench {
            $0.grace = .milliseconds(50)
        }
        let jobs = try await bench.enqueue(2)
        let (endless, open) = AsyncStream<Never>.makeStream()
        defer { open.finish() }
        try await bench.working({ count, _ in
            bench.seen.note(count.number)
            guard count.number == 1 else { return }
            for await _ in endless {}
            try Task.checkCancellation()
        }) {
            while bench.seen.all.count < 2 { await Task.yield() }
        }
        #expect(try await bench.queue.find(jobs[0].id)?.state == .finished)
        let returned = try #require(try await bench.queue.find(jobs[1].id))
        #expect(returned.state == .available)
        #expect(returned.attempts == 0)
    }
}
