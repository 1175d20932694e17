import Synchronization

/// A transaction: what its body runs statements with.
///
/// Statements of several tasks run one after the other, in the order they arrive. After an error PostgreSQL refuses
/// everything but the end of the transaction.
public final class PostgresTransaction: Sendable {
    private let client: PostgresClient
    private let lease: Lease
    /// Whether a cancelled task left a statement behind that may still run.
    private let abandoned = Atomic<Bool>(false)

    init(client: PostgresClient, lease: Lease) {
        self.client = client
        self.lease = lease
    }

    /// Runs the statements in one round trip.
    /// - Returns: The rows of each.
    /// - Throws: ``PostgresError``; with ``PostgresError/unreachable`` the connection was lost, and with it everything
    ///   the transaction did.
    public func batch(_ statements: [SQL]) async throws(PostgresError) -> [PostgresRows] {
        let batch = PendingBatch(statements, access: .write, lease: lease)
        do throws(PostgresError) {
            return try await client.run(batch)
        } catch {
            if case .cancelled = error, batch.waiter.hasBegun { abandoned.store(true, ordering: .relaxed) }
            throw error
        }
    }

    /// Runs one statement.
    /// - Throws: As ``batch(_:)``.
    public func query(_ statement: SQL) async throws(PostgresError) -> PostgresRows {
        guard let rows = try await batch([statement]).first else { throw .outcomeUnknown }
        return rows
    }

    var isAbandoned: Bool { abandoned.load(ordering: .relaxed) }
}

/// Whether the body of a transaction may run more than once.
public enum PostgresRepetition: Sendable {
    case forbidden
    /// After a serialization failure or deadlock, at most three more times.
    case allowed
}

extension PostgresClient {
    /// Further tries after serialization failures.
    static var mostRepetitions: Int { 3 }

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// `BEGIN` and the `prelude` travel with the first statement. A connection is held from then on, so nothing slow
    /// belongs into the body. Inside it, use the transaction it is given: the client itself refuses.
    /// A cancelled body whose statement still ran loses its connection, and the transaction is rolled back.
    /// - Throws: What `body` throws; ``PostgresError``, with ``PostgresError/outcomeUnknown`` when the connection broke
    ///   at the commit, ``PostgresError/transactionAborted`` when `body` swallowed an error.
    public func transaction<Result: Sendable>(
        prelude: [SQL] = [], repetition: PostgresRepetition = .forbidden,
        _ body: @Sendable (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        guard !isInTransaction else { throw PostgresError.nestedTransaction }
        var repetitions = repetition == .allowed ? Self.mostRepetitions : 0
        while true {
            do {
                return try await attempt(prelude, body)
            } catch let error as PostgresError where error.isSerializationFailure && repetitions > 0 {
                repetitions -= 1
            }
        }
    }

    private func attempt<Result: Sendable>(
        _ prelude: [SQL], _ body: @Sendable (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        let lease = try await lease(opening: ["begin"] + configuration.transactionPrelude + prelude)
        let transaction = PostgresTransaction(client: self, lease: lease)
        let here = Self.inTransaction.union([ObjectIdentifier(self)])
        do {
            let result = try await Self.$inTransaction.withValue(here) { try await body(transaction) }
            if lease.isOpen || transaction.isAbandoned { try await commit(transaction, on: lease) }
            release(lease, isClean: true)
            return result
        } catch {
            release(lease, isClean: await isRolledBack(transaction, on: lease))
            throw error
        }
    }

    private func commit(_ transaction: PostgresTransaction, on lease: Lease) async throws(PostgresError) {
        // A statement that its caller gave up would be committed or not, as it happens.
        guard !transaction.isAbandoned else { throw .transactionAborted }
        let end = PendingBatch(["commit"], access: .write, lease: lease, isCommit: true)
        guard try await run(end, shielded: true).first?.commandTag == "COMMIT" else { throw .transactionAborted }
    }

    /// Rolls back what was begun. Where a cancelled statement may still run, closing the connection does it.
    private func isRolledBack(_ transaction: PostgresTransaction, on lease: Lease) async -> Bool {
        guard !transaction.isAbandoned else { return false }
        guard lease.isOpen else { return true }
        let end = PendingBatch(["rollback"], access: .write, lease: lease)
        return (try? await run(end, shielded: true)) != nil
    }
}
