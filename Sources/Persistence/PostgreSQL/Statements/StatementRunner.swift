import Persistence
import PostgresClient

/// Runs the statements of a repository in some scope, on their own or as part of a unit of work.
protocol StatementRunner: Sendable {
    /// Runs the statements in one round trip: all take effect, or none.
    /// - Returns: The rows of each.
    /// - Throws: ``DatabaseError``, `CancellationError`.
    func run(_ statements: [SQL], access: PostgresAccess) async throws -> [PostgresRows]
}

/// Each call is a transaction of its own, which begins with the scope.
struct BatchRunner: StatementRunner {
    let client: PostgresClient
    let prelude: [SQL]

    func run(_ statements: [SQL], access: PostgresAccess) async throws -> [PostgresRows] {
        do {
            guard !prelude.isEmpty else { return try await client.batch(statements, access: access) }
            return Array(try await client.batch(prelude + statements, access: access).dropFirst(prelude.count))
        } catch {
            throw DatabaseError.mapped(error)
        }
    }
}

/// All calls are one transaction, which has begun with the scope.
struct TransactionRunner: StatementRunner {
    let transaction: PostgresTransaction

    func run(_ statements: [SQL], access _: PostgresAccess) async throws -> [PostgresRows] {
        do {
            return try await transaction.batch(statements)
        } catch {
            throw DatabaseError.mapped(error)
        }
    }
}
