import Persistence

/// How a repository reaches the tables: each call a transaction of its own, or all calls one unit of work.
protocol TableAccess: Sendable {
    /// Asks the rows as they are visible now.
    func read<Result: Sendable>(_ query: (Tables) throws -> Result) async throws -> Result

    /// Changes rows. A statement checks everything before its first change, so that one that throws changed nothing.
    func write<Result: Sendable>(_ statement: (inout Tables) throws -> Result) async throws -> Result

    /// Runs `body` while `key` is claimed by this access, which a unit of work keeps until its end unless `body` says
    /// that it is not needed; nil at once when another access has it.
    func claiming<Result: Sendable>(
        _ key: IdempotencyKey, _ body: () async throws -> (result: Result, isKept: Bool)
    ) async throws -> Result?
}
