import PostgresClient
import Synchronization
import Testing

@testable import PersistencePostgreSQL

/// Explains the statements of a repository instead of running them.
final class PlanRunner: StatementRunner {
    /// Thrown instead of rows.
    struct Explained: Error, Equatable {}

    private let client: PostgresClient
    private let prelude: [SQL]
    private let settings: [SQL]
    private let explained = Mutex<[String]>([])

    /// - Parameter isSmall: Whether the tables are, so that what PostgreSQL prefers on small ones is switched off.
    init(client: PostgresClient, prelude: [SQL], isSmall: Bool = true) {
        self.client = client
        self.prelude = prelude
        settings =
            isSmall
            ? [
                """
                select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                    set_config('enable_sort', 'off', true)
                """
            ] : []
    }

    /// How each statement would be carried out.
    var plans: [String] { explained.withLock { $0 } }

    func run(_ statements: [SQL], access _: PostgresAccess) async throws -> [PostgresRows] {
        for statement in statements {
            let rows = try await client.batch(prelude + settings + ["explain (costs off) \(sql: statement)"]).last
            let lines = try rows?.column(String.self) ?? []
            explained.withLock { $0.append(lines.joined(separator: "\n")) }
        }
        throw Explained()
    }
}

/// A method of a repository.
struct Call: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable (PostgresStore) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (PostgresStore) async throws -> Void) {
        testDescription = name
        self.run = run
    }
}

/// A method of the job queue.
struct JobCall: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable (PostgresJobQueue) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (PostgresJobQueue) async throws -> Void) {
        testDescription = name
        self.run = run
    }
}

/// A method of the key-value store.
struct KeyValueCall: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable (PostgresKeyValueStore) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (PostgresKeyValueStore) async throws -> Void) {
        testDescription = name
        self.run = run
    }
}
