public import Core

/// The jobs as workers and administrators see them, over all tenants.
///
/// A worker leases what it takes, by the clock of the store, and prolongs the lease while it works. Who is killed loses
/// nothing: the lease runs out and the job is given to another. Whatever a worker then says of it is refused.
public protocol JobQueue: Sendable {
    /// Leases jobs of the queue that are due at `time`: lowest ``Job/priority`` first, then earliest ``Job/runAt``. Never
    /// waits for another worker, and no two get the same job.
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - token: Names this claim; a new one for each call.
    func claim(
        _ queue: String, limit: Int, lease: Duration, token: ID<JobClaim>, at time: Timestamp
    ) async throws -> [ClaimedJob]

    /// Prolongs leases, those already over too where nobody else took the job.
    /// - Returns: Those that still hold their job.
    func extend(_ claims: [JobClaim], lease: Duration) async throws -> Set<JobClaim>

    /// Says what became of jobs, each only where the claim still holds it.
    /// - Returns: The claims that did.
    func settle(_ results: [JobResult], at time: Timestamp) async throws -> Set<JobClaim>

    /// Makes jobs available whose lease is over, and parks those that have no attempt left.
    /// - Returns: How many leases were over.
    func reclaim(at time: Timestamp) async throws -> Int

    /// When the next job of the queue is due; nil when none waits.
    func nextDue(_ queue: String) async throws -> Timestamp?

    func find(_ id: ID<Job>) async throws -> JobRecord?

    /// Jobs in this state and of this name, where given, latest first by creation, then id.
    func list(state: JobState?, name: String?, page: PageRequest) async throws -> Page<JobRecord>

    /// Removes jobs that came to one of these ends before `time`.
    /// - Returns: How many.
    func removeEnded(_ states: [JobState], before time: Timestamp) async throws -> Int

    /// The jobs of each queue by state, and how long the one longest due waits.
    func statistics() async throws -> [JobQueueStatistics]

    /// An element soon after jobs were enqueued here or on another instance. A hint: what is missed is found by asking.
    func wakeUps() -> AsyncStream<Void>
}

/// What became of a job that was claimed.
public struct JobResult: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        case finished
        /// It failed, and is tried again from then on. Where another job with its key waits, that one does its work.
        case retry(at: Timestamp, error: String)
        /// It failed for good.
        case parked(error: String)
        /// It was not tried: the attempt does not count.
        case returned
    }

    public let claim: JobClaim
    public let outcome: Outcome

    public init(claim: JobClaim, outcome: Outcome) {
        self.claim = claim
        self.outcome = outcome
    }
}

/// How a queue stands.
public struct JobQueueStatistics: Sendable, Equatable {
    public let queue: String
    public let available: Int
    public let running: Int
    public let parked: Int
    /// The earliest ``Job/runAt`` of those available.
    public let oldestDue: Timestamp?

    public init(queue: String, available: Int, running: Int, parked: Int, oldestDue: Timestamp?) {
        self.queue = queue
        self.available = available
        self.running = running
        self.parked = parked
        self.oldestDue = oldestDue
    }
}
