import ArgumentParser
import Core
import Jobs
import Logging
import Persistence
import PersistencePostgreSQL
import PostgresClient
import ServiceLifecycle

/// Jobs from enqueueing to being settled, by one worker in this process, and how soon one that is enqueued alone starts.
struct JobRuns: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Prints jobs per second end to end, and milliseconds from enqueueing to starting, p50 and p99.")

    /// Jobs of one statement.
    private static let batch = 500

    @Option(help: "An empty database; it is migrated.") var database: String
    @Option(help: "Jobs of the measurement of throughput.") var jobs = 20_000
    @Option(help: "Jobs of the measurement of latency, one at a time.") var singles = 200
    @Option(help: "Jobs done at once.") var concurrency = 200

    private struct Beat: JobParameters {
        static let jobName = "bench.beat"
        let number: Int
    }

    func run() async throws {
        let configuration = PostgresConfiguration(url: database)
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        try await Migrator(configuration: configuration, time: .system, logger: logger).migrate()
        let database = PostgresDatabase(configuration: configuration, logger: logger)
        defer { database.client.shutdown() }

        let (starts, started) = AsyncStream.makeStream(of: Int.self)
        var handlers = JobHandlers()
        handlers.handle(Beat.self) { beat, _ in started.yield(beat.number) }
        var settings = JobWorkerSettings()
        settings.concurrency = concurrency
        let worker = JobWorker(
            database: database, queue: database.jobQueue, handlers: handlers, settings: settings, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [worker], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var begun = starts.makeAsyncIterator()
            let rate = try await throughput(database, &begun)
            let latencies = try await latencies(database, &begun).sorted()
            print(
                "\(Int(rate)) \(Self.milliseconds(latencies[latencies.count / 2]))"
                    + " \(Self.milliseconds(latencies[latencies.count * 99 / 100]))")
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func throughput(
        _ database: PostgresDatabase, _ begun: inout AsyncStream<Int>.Iterator
    ) async throws -> Double {
        let start = ContinuousClock.now
        for first in stride(from: 0, to: jobs, by: Self.batch) {
            let numbers = first..<min(first + Self.batch, jobs)
            try await database.scoped(.system).jobs.enqueue(numbers.map(job))
        }
        for _ in 0..<jobs { _ = await begun.next() }
        // Done is what the table says is done.
        while try await database.jobQueue.statistics().contains(where: { $0.available + $0.running > 0 }) {}
        return Double(jobs) / Self.seconds(since: start)
    }

    private func latencies(
        _ database: PostgresDatabase, _ begun: inout AsyncStream<Int>.Iterator
    ) async throws -> [Double] {
        var latencies: [Double] = []
        for number in 0..<singles {
            let start = ContinuousClock.now
            try await database.scoped(.system).jobs.enqueue([job(number)])
            _ = await begun.next()
            latencies.append(Self.seconds(since: start))
        }
        return latencies
    }

    private func job(_ number: Int) throws -> Job {
        let now = TimeSource.system.now()
        return try Job(Beat(number: number), id: .make(at: now, randomness: .system), at: now)
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        start.duration(to: .now) / .seconds(1)
    }

    private static func milliseconds(_ seconds: Double) -> Double {
        (seconds * 100_000).rounded() / 100
    }
}
