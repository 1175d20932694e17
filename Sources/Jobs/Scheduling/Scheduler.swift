public import Core
public import Logging
public import Persistence
public import ServiceLifecycle

/// Work that comes again and again: a job is enqueued each time, on one of all instances.
public struct ScheduledJob: Sendable {
    public let name: String
    public let schedule: Schedule
    let job: @Sendable (ID<Job>, Timestamp) throws -> Job

    /// - Parameters:
    ///   - name: Unique among the schedules; part of stored rows.
    ///   - parameters: Those of each of its jobs. While one waits, no other is added.
    public init<Parameters: JobParameters>(_ name: String, _ schedule: Schedule, _ parameters: Parameters) {
        self.name = name
        self.schedule = schedule
        job = { id, time in try Job(parameters, id: id, uniqueKey: "schedule:\(name)", at: time) }
    }
}

/// Fires schedules: each time once over all instances, and once for all the times missed while none ran.
public struct Scheduler: Service, CustomStringConvertible {
    /// Between two looks; a schedule fires at most so much late.
    private static let interval = Duration.seconds(1)

    private let database: any Database
    private let schedules: [ScheduledJob]
    private let logger: Logger
    private let time: TimeSource
    private let randomness: Randomness
    private let wait: @Sendable (Duration) async throws -> Void

    public init(
        database: any Database, schedules: [ScheduledJob], logger: Logger, time: TimeSource = .system,
        randomness: Randomness = .system,
        wait: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.database = database
        self.schedules = schedules
        self.logger = logger
        self.time = time
        self.randomness = randomness
        self.wait = wait
    }

    public var description: String { "schedules" }

    public func run() async {
        await cancelWhenGracefulShutdown {
            var isRegistered = false
            repeat {
                do {
                    if !isRegistered { try await register() }
                    isRegistered = true
                    try await fireDue()
                } catch {
                    guard !Task.isCancelled else { return }
                    logger.warning("schedules not looked at", metadata: ["reason": "\(error)"])
                }
            } while (try? await wait(Self.interval)) != nil
        }
    }

    /// Makes new schedules known.
    func register() async throws {
        let now = time.now()
        let store = database.scoped(.system).schedules
        for scheduled in schedules {
            guard let next = scheduled.schedule.next(after: now) else {
                logger.warning("a schedule never comes", metadata: ["schedule": "\(scheduled.name)"])
                continue
            }
            try await store.register(scheduled.name, definition: scheduled.schedule.definition, nextRunAt: next)
        }
    }

    /// Enqueues the jobs of what is due and moves it on, in one unit of work each.
    /// - Returns: The names of those that this call fired.
    @discardableResult
    func fireDue() async throws -> [String] {
        let now = time.now()
        let upcoming = try await database.scoped(.system).schedules.upcoming()
        var fired: [String] = []
        for scheduled in schedules {
            guard let due = upcoming[scheduled.name], due <= now, let next = scheduled.schedule.next(after: now) else {
                continue
            }
            let job = try scheduled.job(.make(at: now, randomness: randomness), now)
            let isOurs = try await database.transaction(.system, repetition: .allowed) { store in
                let isDue = try await store.schedules.advance(
                    scheduled.name, definition: scheduled.schedule.definition, to: next, at: now)
                guard isDue else { return false }
                try await store.jobs.enqueue(job)
                return true
            }
            if isOurs { fired.append(scheduled.name) }
        }
        return fired
    }
}
