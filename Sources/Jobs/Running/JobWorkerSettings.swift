public import Core

/// How a worker works.
public struct JobWorkerSettings: Sendable {
    /// Jobs of one queue at once.
    public var concurrency = 16
    /// Queues that have a number of their own.
    public var concurrencyByQueue: [String: Int] = [:]
    /// Jobs taken by one claim at most.
    public var batch = 100
    /// How long a job is a worker's without a sign of life.
    public var lease: Duration = .seconds(30)
    /// How often leases are prolonged; a third of them leaves room for two that fail.
    public var heartbeat: Duration = .seconds(10)
    /// How often those of lost workers are looked for.
    public var reclaim: Duration = .seconds(10)
    /// How often a queue is looked at without being told to.
    public var poll: Duration = .seconds(1)
    /// How long jobs may go on once the worker is to end; then they are cancelled and given back.
    public var grace: Duration = .seconds(15)
    /// How failed jobs are tried again.
    public var retries = RetryPolicy.standard

    public init() {}
}
