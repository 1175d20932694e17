/// Work to be done after the change that asked for it has been committed.
public struct Job: Sendable, Equatable, Identifiable {
    public static let defaultQueue = "default"
    /// How often a job is started at most before it is parked.
    public static let usualAttempts = 20

    public let id: ID<Job>
    /// What is to be done, such as `mail.send`.
    public let name: String
    /// Which workers take it.
    public let queue: String
    /// Lower goes first.
    public let priority: Int
    /// The job's parameters as JSON.
    public let parameters: [UInt8]
    /// Not to be started before.
    public let runAt: Timestamp
    /// While a job with the same key waits, another is not enqueued; nil for no such rule.
    public let uniqueKey: String?
    /// How often it is started at most.
    public let maxAttempts: Int
    public let createdAt: Timestamp

    public init(
        id: ID<Job>, name: String, queue: String = defaultQueue, priority: Int = 0, parameters: [UInt8],
        runAt: Timestamp, uniqueKey: String? = nil, maxAttempts: Int = usualAttempts, createdAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.queue = queue
        self.priority = priority
        self.parameters = parameters
        self.runAt = runAt
        self.uniqueKey = uniqueKey
        self.maxAttempts = maxAttempts
        self.createdAt = createdAt
    }
}
