import Synchronization

/// A transaction: what its body runs statements with.
public final class PostgresTransaction: Sendable {
    private let client: PostgresClient
    private let lease: Lease
    /// What has yet to be sent before the first statement.
    private let opening: Mutex<[SQL]>
    /// Whether a cancelled task left a statement behind that may still run.
    private let abandoned = Atomic<Bool>(false)

    init(client: PostgresClient, lease: Lease, opening: [SQL]) {
        self.client = client
        self.lease = lease
        self.opening = Mutex(opening)
    }

    /// Runs the statements in one round trip.
    public func batch(_ statements: [SQL]) async throws(PostgresError) -> [PostgresRows] {
        let before = opening.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        do throws(PostgresError) {
            let results = try await client.run(before + statements, on: lease)
            return Array(results.dropFirst(before.count))
        } catch {
            if case .cancelled = error { abandoned.store(true, ordering: .relaxed) }
            throw error
        }
    }

    /// Runs one statement.
    public func query(_ statement: SQL) async throws(PostgresError) -> PostgresRows {
        guard let rows = try await batch([statement]).first else { throw .outcomeUnknown }
        return rows
    }

    /// Whether anything was sent.
    var isOpen: Bool { opening.withLock { $0.isEmpty } }
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
    /// - Throws: What `body` throws; ``PostgresError``, with ``PostgresError/outcomeUnknown`` when the connection broke
    ///   at the commit.
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
        let lease = try await lease()
        let opening = ["begin"] + configuration.transactionPrelude + prelude
        let transaction = PostgresTransaction(client: self, lease: lease, opening: opening)
        let here = Self.inTransaction.union([ObjectIdentifier(self)])
        do {
            let result = try await Self.$inTransaction.withValue(here) { try await body(transaction) }
            guard transaction.isOpen else {
                release(lease, isClean: true)
                return result
            }
            let outcome = try await run(["commit"], on: lease, shielded: true)
            guard outcome.first?.commandTag == "COMMIT" else { throw PostgresError.transactionAborted }
            release(lease, isClean: true)
            return result
        } catch {
            release(lease, isClean: await isRolledBack(transaction, on: lease))
            throw error
        }
    }

    /// Rolls back what was begun. Where a cancelled statement may still run, closing the connection does it.
    private func isRolledBack(_ transaction: PostgresTransaction, on lease: Lease) async -> Bool {
        guard !transaction.isAbandoned else { return false }
        guard transaction.isOpen else { return true }
        return (try? await run(["rollback"], on: lease, shielded: true)) != nil
    }
}
