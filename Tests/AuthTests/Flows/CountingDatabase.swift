import Persistence
import PersistenceInMemory
import Synchronization

/// A database in memory that counts what is asked of it.
final class CountingDatabase: Database {
    let base = InMemoryDatabase()
    private let counts = Mutex((transactions: 0, single: 0))

    /// Units of work, and uses of repositories outside of one.
    var uses: [Int] { counts.withLock { [$0.transactions, $0.single] } }

    func scoped(_ scope: Scope) -> any Store {
        counts.withLock { $0.single += 1 }
        return base.scoped(scope)
    }

    func transaction<Result: Sendable>(
        _ scope: Scope, repetition: Repetition, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        counts.withLock { $0.transactions += 1 }
        return try await base.transaction(scope, repetition: repetition, body)
    }
}
