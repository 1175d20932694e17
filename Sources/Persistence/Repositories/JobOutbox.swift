public import Core

/// Where a unit of work leaves what is to be done once it is committed.
public protocol JobOutbox: Sendable {
    /// Adds the job unless one with the same ``Job/uniqueKey`` waits.
    /// - Returns: Whether it was added.
    @discardableResult
    func enqueue(_ job: Job) async throws -> Bool

    /// Adds jobs by one statement, but those whose key waits already.
    /// - Returns: How many.
    @discardableResult
    func enqueue(_ jobs: [Job]) async throws -> Int

    /// Finishes a job inside the unit of work of its effect, if the attempt still holds it: effect and end are one, so
    /// the effect happens once however often the job runs.
    /// - Returns: False when another attempt has it or had it; the unit of work must then be abandoned.
    func finish(_ claim: JobClaim, at time: Timestamp) async throws -> Bool

    /// Makes a parked or cancelled job available with all its attempts, unless its key waits.
    /// - Returns: Whether it is.
    func retry(_ id: ID<Job>, at time: Timestamp) async throws -> Bool

    /// Takes back a job that no worker has.
    /// - Returns: Whether it waited.
    func cancel(_ id: ID<Job>, at time: Timestamp) async throws -> Bool

    /// Jobs of this name, latest first by creation, then id.
    func list(name: String, page: PageRequest) async throws -> Page<Job>
}
