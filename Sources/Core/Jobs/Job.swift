/// Work to be done after the change that asked for it has been committed.
public struct Job: Sendable, Equatable, Identifiable {
    public let id: ID<Job>
    /// What is to be done, such as `mail.send`.
    public let name: String
    /// The job's parameters as JSON.
    public let parameters: [UInt8]
    /// Not to be started before.
    public let runAt: Timestamp
    /// While a job with the same key waits, another is not enqueued; nil for no such rule.
    public let uniqueKey: String?
    public let createdAt: Timestamp

    public init(
        id: ID<Job>, name: String, parameters: [UInt8], runAt: Timestamp, uniqueKey: String? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.parameters = parameters
        self.runAt = runAt
        self.uniqueKey = uniqueKey
        self.createdAt = createdAt
    }
}
