public import Core
public import Persistence

/// What administrators see and do of the jobs. Each act leaves its audit row in the same unit of work.
public struct JobAdministration: Sendable {
    private let database: any Database
    private let queue: any JobQueue
    private let time: TimeSource
    private let randomness: Randomness

    public init(
        database: any Database, queue: any JobQueue, time: TimeSource = .system, randomness: Randomness = .system
    ) {
        self.database = database
        self.queue = queue
        self.time = time
        self.randomness = randomness
    }

    /// Jobs in this state and of this name, where given, latest first.
    public func list(state: JobState? = nil, name: String? = nil, page: PageRequest) async throws -> Page<JobRecord> {
        try await queue.list(state: state, name: name, page: page)
    }

    /// Makes a parked or cancelled job available again with all its attempts.
    /// - Returns: The job as it is now; nil when there is none.
    /// - Throws: ``JobRefusal`` when it is in another state, or another with its key waits.
    public func retry(_ id: ID<Job>, by actor: ID<User>?, origin: RequestOrigin) async throws -> JobRecord? {
        try await act("job.retried", on: id, by: actor, origin: origin) { store, now in
            try await store.jobs.retry(id, at: now)
        }
    }

    /// Takes back a job that waits.
    /// - Returns: The job as it is now; nil when there is none.
    /// - Throws: ``JobRefusal`` when it does not wait.
    public func cancel(_ id: ID<Job>, by actor: ID<User>?, origin: RequestOrigin) async throws -> JobRecord? {
        try await act("job.cancelled", on: id, by: actor, origin: origin) { store, now in
            try await store.jobs.cancel(id, at: now)
        }
    }

    private func act(
        _ action: String, on id: ID<Job>, by actor: ID<User>?, origin: RequestOrigin,
        _ change: @Sendable (any Store, Timestamp) async throws -> Bool
    ) async throws -> JobRecord? {
        guard let before = try await queue.find(id) else { return nil }
        let now = time.now()
        let event = AuditEvent(
            id: .make(at: now, randomness: randomness), action: action, actorID: actor, targetType: "job",
            targetID: id.description, origin: origin, changes: ["name": before.job.name, "was": before.state.rawValue],
            createdAt: now)
        do {
            try await database.transaction(.system, repetition: .allowed) { store in
                guard try await change(store, now) else { throw JobRefusal(state: before.state) }
                try await store.auditLog.record(event)
            }
        } catch DatabaseError.duplicate(.waitingJob) {
            // Another with its key came to wait in the same moment.
            throw JobRefusal(state: before.state)
        }
        return try await queue.find(id)
    }
}

/// A job is not in a state in which what was asked can be done.
public struct JobRefusal: Error, Equatable {
    public let state: JobState
}
