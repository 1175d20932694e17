public import Core

/// Where a unit of work leaves what is to be done once it is committed.
public protocol JobOutbox: Sendable {
    /// Adds the job unless one with the same ``Job/uniqueKey`` waits.
    /// - Returns: Whether it was added.
    @discardableResult
    func enqueue(_ job: Job) async throws -> Bool

    /// Jobs of this name, latest first by creation, then id.
    func list(name: String, page: PageRequest) async throws -> Page<Job>
}
