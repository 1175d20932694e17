public import Logging
public import Persistence
public import PostgresClient
import Synchronization

/// What Plinth keeps, in PostgreSQL.
///
/// ```swift
/// try await Migrator(configuration: configuration, time: .system, logger: logger).migrate()
/// let database = PostgresDatabase(configuration: configuration, logger: logger)
/// ```
///
/// Every statement runs as one of two roles that the first migration makes: `plinth_system`, or, in the scope of a
/// person or a team, `plinth_app` with the settings that row-level security reads. The switch travels with the
/// statement.
public final class PostgresDatabase: Database {
    /// How often a unit of work that may run more than once is tried again.
    private static let mostRepetitions = 3
    /// The role of everything that happens in no narrower scope.
    static let systemRole = (name: "role", value: "plinth_system")

    /// The connections; to be shut down, or run as a service, by whoever made the database.
    public let client: PostgresClient
    private let jobSignal: JobSignal

    /// Connects when first used. The database must have been migrated.
    public init(configuration: PostgresConfiguration, logger: Logger) {
        var configuration = configuration
        configuration.sessionSettings.append(Self.systemRole)
        client = PostgresClient(configuration: configuration, logger: logger)
        jobSignal = JobSignal(client: client)
    }

    public func scoped(_ scope: Scope) -> any Store {
        PostgresStore(runner: BatchRunner(client: client, prelude: scope.prelude)) { [jobSignal] in jobSignal.send() }
    }

    /// The jobs as workers see them.
    public var jobQueue: PostgresJobQueue {
        PostgresJobQueue(runner: BatchRunner(client: client, prelude: Scope.system.prelude), signal: jobSignal)
    }

    /// Tells this instance's workers of jobs that others enqueue, until the client is shut down or the task cancelled.
    public func relayJobSignals() async {
        await jobSignal.relay()
    }

    /// The values that instances share.
    public var keyValues: PostgresKeyValueStore {
        PostgresKeyValueStore(runner: BatchRunner(client: client, prelude: Scope.system.prelude))
    }

    public func transaction<Result: Sendable>(
        _ scope: Scope, repetition: Repetition, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        // The client would try again itself, but doesn't see its own errors in what the repositories throw.
        for _ in 0..<(repetition == .allowed ? Self.mostRepetitions : 0) {
            do {
                return try await attempt(scope, body)
            } catch DatabaseError.serializationFailure {}
        }
        return try await attempt(scope, body)
    }

    /// Asks the primary for a sign of life, for a readiness check.
    /// - Throws: ``DatabaseError/unavailable(retryAfter:)``.
    public func ping() async throws {
        _ = try await BatchRunner(client: client, prelude: []).run(["select 1"], access: .read)
    }

    private func attempt<Result: Sendable>(
        _ scope: Scope, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        let hasJobs = Flag()
        do {
            let result = try await client.transaction(prelude: scope.prelude) { transaction in
                try await body(PostgresStore(runner: TransactionRunner(transaction: transaction)) { hasJobs.set() })
            }
            if hasJobs.isSet { jobSignal.send() }
            return result
        } catch let error as PostgresError {
            throw DatabaseError.mapped(error)
        }
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .acquiring) }
        func set() { value.store(true, ordering: .releasing) }
    }
}
