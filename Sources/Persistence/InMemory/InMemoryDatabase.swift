public import Core
public import Persistence

/// A database in memory, for tests of whatever stands on ``Persistence``.
///
/// It enforces what PostgreSQL enforces: rules of uniqueness, references, versions, the visibility of each ``Scope``,
/// and all or nothing in a unit of work. Writers take turns in the order they come: a unit of work has the turn from its
/// first write to its end, and what it writes is not seen before. Readers never wait. An idempotency key that another
/// running unit of work has claimed is answered by ``IdempotencyClaim/inProgress`` at once.
///
/// A statement that fails ends its unit of work, as in PostgreSQL: whoever catches a ``DatabaseError/duplicate(_:)``
/// inside and goes on gets ``DatabaseError/unexpected(code:)`` with code 25P02, and nothing is committed. Writing past the
/// store of a unit of work from inside it throws ``DatabaseError/nestedTransaction``.
public final class InMemoryDatabase: Database, UserSignals {
    /// How often a unit of work that may run more than once is tried again.
    private static let repetitions = 3

    private let committed = CommittedTables()

    public init() {}

    /// The jobs as workers see them.
    /// - Parameter clock: What leases go by.
    public func jobQueue(clock: TimeSource = .system) -> InMemoryJobQueue {
        InMemoryJobQueue(tables: committed, clock: clock)
    }

    public func wakeUps(of user: ID<User>) -> AsyncStream<Void> { committed.wakeUps.stream(of: .user(user)) }

    public func scoped(_ scope: Scope) -> any Store {
        InMemoryStore(scope: scope, access: committed)
    }

    public func transaction<Result: Sendable>(
        _ scope: Scope, repetition: Repetition, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        guard !committed.isInsideUnitOfWork else { throw DatabaseError.nestedTransaction }
        for _ in 0..<(repetition == .allowed ? Self.repetitions : 0) {
            do {
                return try await attempt(scope, body)
            } catch DatabaseError.serializationFailure {}
        }
        return try await attempt(scope, body)
    }

    /// Makes the next call of a repository throw `error` instead of doing anything, in whatever scope and whether
    /// inside a unit of work or not. Several are thrown one after another.
    public func failNext(_ error: DatabaseError) {
        committed.addFault(error)
    }

    private func attempt<Result: Sendable>(
        _ scope: Scope, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        let unit = UnitOfWork(committed)
        let running = CommittedTables.unitsOfWork.union([ObjectIdentifier(committed)])
        do {
            let result = try await CommittedTables.$unitsOfWork.withValue(running) {
                try await body(InMemoryStore(scope: scope, access: unit))
            }
            try unit.commit()
            return result
        } catch {
            unit.rollBack()
            throw error
        }
    }
}
