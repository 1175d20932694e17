import ArgumentParser
import Core
import Foundation
import Jobs
import Logging
import Persistence
import PersistencePostgreSQL
import PostgresClient
import ServiceLifecycle

/// A job of the soak: takes a while, then leaves one row that says it was done.
struct SoakJob: JobParameters {
    static let jobName = "soak.job"

    /// Fails whenever it is tried.
    let isPoison: Bool
}

/// The worker that is killed: ``Soak`` starts it as a process of its own.
struct SoakWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "soak-worker", shouldDisplay: false)

    private struct Poison: Error {}

    @Option var database: String
    @Option var lease: Int

    func run() async throws {
        endWithParent()
        var logger = Logger(label: "soak-worker")
        logger.logLevel = .critical
        let database = PostgresDatabase(configuration: PostgresConfiguration(url: database), logger: logger)
        var settings = JobWorkerSettings()
        settings.concurrency = 32
        settings.lease = .seconds(lease)
        settings.heartbeat = settings.lease / 3
        settings.reclaim = min(settings.reclaim, settings.lease / 3)
        settings.retries = RetryPolicy(first: .milliseconds(200), longest: .seconds(1))
        var handlers = JobHandlers()
        handlers.handle(SoakJob.self) { job, context in
            try await database.scoped(.system).auditLog.record(event("soak.started", context))
            try await Task.sleep(for: .seconds(Randomness.system.fraction()))
            if job.isPoison { throw Poison() }
            try await context.finishing { store in try await store.auditLog.record(event("soak.done", context)) }
        }
        let worker = JobWorker(
            database: database, queue: database.jobQueue, handlers: handlers, settings: settings, logger: logger)
        async let signals: Void = database.relaySignals()
        try await ServiceGroup(configuration: .init(services: [worker], logger: logger)).run()
        await signals
    }

    /// Standard input ends when the process at its other end does.
    private func endWithParent() {
        Thread.detachNewThread {
            while readLine() != nil {}
            Foundation.exit(1)
        }
    }
}

private func event(_ action: String, _ context: JobContext) -> AuditEvent {
    let now = TimeSource.system.now()
    return AuditEvent(
        id: .make(at: now, randomness: .system), action: action, actorID: nil, targetType: "job",
        targetID: "\(context.job.id)", origin: .none, createdAt: now)
}
