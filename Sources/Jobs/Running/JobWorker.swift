public import Core
public import Logging
public import Persistence
public import ServiceLifecycle

/// Takes jobs and does them, beside any number of other workers.
///
/// Each queue has its places; as many jobs as are free are claimed at once, and what became of them is told in batches, so
/// that the number of jobs is bounded by PostgreSQL and not by round trips. Woken when jobs are enqueued, and every second
/// anyway.
public struct JobWorker: Service, CustomStringConvertible {
    let database: any Database
    let queue: any JobQueue
    let handlers: JobHandlers
    let settings: JobWorkerSettings
    let logger: Logger
    let time: TimeSource
    let randomness: Randomness

    public init(
        database: any Database, queue: any JobQueue, handlers: JobHandlers,
        settings: JobWorkerSettings = JobWorkerSettings(), logger: Logger, time: TimeSource = .system,
        randomness: Randomness = .system
    ) {
        self.database = database
        self.queue = queue
        self.handlers = handlers
        self.settings = settings
        self.logger = logger
        self.time = time
        self.randomness = randomness
    }

    public var description: String { "jobs" }

    /// Works until the group shuts down: then takes nothing new, lets what runs go on for ``JobWorkerSettings/grace``, and
    /// gives the rest back.
    public func run() async {
        let running = RunningJobs()
        let settler = JobSettler(queue: queue, running: running, logger: logger, time: time)
        let keeper = LeaseKeeper(queue: queue, running: running, settings: settings, logger: logger, time: time)
        await withDiscardingTaskGroup { whole in
            whole.addTask { await settler.run() }
            await withDiscardingTaskGroup { support in
                support.addTask { await keeper.prolong() }
                support.addTask { await keeper.reclaim() }
                await withDiscardingTaskGroup { lines in
                    for name in handlers.queues.sorted() {
                        let line = JobLine(name: name, worker: self, running: running, settler: settler)
                        lines.addTask { await line.run() }
                    }
                }
                support.cancelAll()
            }
            // What was done last is told before this returns.
            settler.finish()
        }
    }
}
