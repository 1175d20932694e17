import ArgumentParser
import Core
import Jobs
import Logging
import Persistence
import PersistencePostgreSQL
import PostgresClient

/// Kills workers in the middle of jobs and counts what became of the jobs: none may be lost, and no effect may be there twice.
struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Does jobs with workers that are killed at random moments, and checks what they leave behind.",
        discussion: "Brings its own PostgreSQL. Ends with 1 when a promise was broken.")

    /// The promise of how soon the job of a killed worker is started again.
    private static let longestOrphan = Duration.seconds(60)
    /// How long all is waited for after the last kill.
    private static let longestRest = Duration.seconds(300)
    /// One in so many jobs fails at every attempt.
    private static let poisonEvery = 500

    @Option(help: "Jobs in all.") var jobs = 20_000
    @Option(help: "How often a worker is killed.") var kills = 100
    @Option(help: "Workers at once.") var workers = 4
    @Option(help: "Seconds a job is a worker's without a sign of life.") var lease = 30

    func validate() throws {
        guard jobs >= kills, kills > 0, workers > 0, lease > 0 else {
            throw ValidationError("All must be at least 1, and --jobs at least --kills.")
        }
    }

    func run() async throws {
        let cluster = try await ThrowawayCluster.start()
        let found: SoakFindings
        do {
            found = try await soak(cluster.cluster.connectionString)
        } catch {
            await cluster.stop()
            throw error
        }
        await cluster.stop()
        print(found)
        guard found.broken(longestOrphan: Self.longestOrphan).isEmpty else {
            print("Broken: \(found.broken(longestOrphan: Self.longestOrphan).joined(separator: "; ")).")
            throw ExitCode.failure
        }
    }

    private func soak(_ url: String) async throws -> SoakFindings {
        let configuration = PostgresConfiguration(url: url)
        var logger = Logger(label: "soak")
        logger.logLevel = .error
        try await Migrator(configuration: configuration, time: .system, logger: logger).migrate()
        let database = PostgresDatabase(configuration: configuration, logger: logger)
        defer { database.client.shutdown() }

        var crew = try (0..<workers).map { _ in try SoakProcess(database: url, lease: lease) }
        defer { for worker in crew { worker.kill() } }
        for round in 0..<kills {
            let numbers = (jobs * round / kills)..<(jobs * (round + 1) / kills)
            try await database.scoped(.system).jobs.enqueue(numbers.map(job))
            try await Task.sleep(for: .milliseconds(100 + 700 * Randomness.system.fraction()))
            let unlucky = Int(Randomness.system.fraction() * Double(crew.count))
            crew[unlucky].kill()
            crew[unlucky] = try SoakProcess(database: url, lease: lease)
        }
        let end = ContinuousClock.now + Self.longestRest
        while try await database.jobQueue.statistics().contains(where: { $0.available + $0.running > 0 }),
            ContinuousClock.now < end
        {
            try await Task.sleep(for: .milliseconds(200))
        }
        return try await SoakFindings(of: database, jobs: jobs, poisoned: (jobs - 1) / Self.poisonEvery + 1)
    }

    private func job(_ number: Int) throws -> Job {
        let now = TimeSource.system.now()
        let isPoison = number % Self.poisonEvery == 0
        return try Job(
            SoakJob(isPoison: isPoison), id: .make(at: now, randomness: .system),
            maxAttempts: isPoison ? 3 : Job.usualAttempts, at: now)
    }
}
