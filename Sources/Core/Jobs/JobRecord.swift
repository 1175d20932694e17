/// Where a job stands. The raw values are part of stored rows.
public enum JobState: String, Sendable, CaseIterable, Codable {
    /// Waits for its time or a worker.
    case available
    /// A worker has it.
    case running
    case finished
    /// Failed for good: out of attempts, or not worth another. Somebody has to look.
    case parked
    case cancelled
}

/// A job and what became of it.
public struct JobRecord: Sendable, Equatable {
    public let job: Job
    public let state: JobState
    /// How often it was started.
    public let attempts: Int
    /// How the last attempt failed; nil for none that did.
    public let lastError: String?
    /// When it was finished, parked or cancelled.
    public let finishedAt: Timestamp?

    public init(job: Job, state: JobState, attempts: Int, lastError: String? = nil, finishedAt: Timestamp? = nil) {
        self.job = job
        self.state = state
        self.attempts = attempts
        self.lastError = lastError
        self.finishedAt = finishedAt
    }
}

/// The attempt that holds a job: only this one may finish it.
public struct JobClaim: Sendable, Hashable {
    public let job: ID<Job>
    /// Drawn by the worker, another at each claim.
    public let token: ID<JobClaim>

    public init(job: ID<Job>, token: ID<JobClaim>) {
        self.job = job
        self.token = token
    }
}

/// A job that a worker has taken.
public struct ClaimedJob: Sendable, Equatable {
    public let job: Job
    public let claim: JobClaim
    /// 1 for the first.
    public let attempt: Int

    public init(job: Job, claim: JobClaim, attempt: Int) {
        self.job = job
        self.claim = claim
        self.attempt = attempt
    }
}
