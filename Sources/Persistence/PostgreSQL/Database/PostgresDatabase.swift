public import Core
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
public final class PostgresDatabase: Database, UserSignals {
    /// How often a unit of work that may run more than once is tried again.
    private static let mostRepetitions = 3
    /// The role of everything that happens in no narrower scope.
    static let systemRole = (name: "role", value: "plinth_system")

    /// The connections; to be shut down, or run as a service, by whoever made the database.
    public let client: PostgresClient
    private let signals: InstanceSignals

    /// Connects when first used. The database must have been migrated.
    public init(configuration: PostgresConfiguration, logger: Logger) {
        var configuration = configuration
        configuration.sessionSettings.append(Self.systemRole)
        client = PostgresClient(configuration: configuration, logger: logger)
        signals = InstanceSignals(client: client)
    }

    public func scoped(_ scope: Scope) -> any Store {
        PostgresStore(runner: BatchRunner(client: client, prelude: scope.prelude)) { [signals] in signals.send([$0]) }
    }

    /// The jobs as workers see them.
    public var jobQueue: PostgresJobQueue {
        PostgresJobQueue(runner: BatchRunner(client: client, prelude: Scope.system.prelude), signals: signals)
    }

    public func wakeUps(of user: ID<User>) -> AsyncStream<Void> { signals.wakeUps(of: .user(user)) }

    /// An element whenever a signing key was killed, here or through another instance; one stands for any number.
    public var signingKeyNews: AsyncStream<Void> { signals.wakeUps(of: .signingKeys) }

    /// An element whenever a flag was changed, here or through another instance; one stands for any number.
    public var flagNews: AsyncStream<Void> { signals.wakeUps(of: .flags) }

    /// Tells this instance's workers and streams of what others change, until the client is shut down or the task cancelled.
    public func relaySignals() async {
        await signals.relay()
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
        let news = Mutex<Set<WakeUps.Topic>>([])
        do {
            let result = try await client.transaction(prelude: scope.prelude) { transaction in
                news.withLock { $0 = [] }
                let runner = TransactionRunner(transaction: transaction)
                return try await body(PostgresStore(runner: runner) { topic in news.withLock { _ = $0.insert(topic) } })
            }
            signals.send(news.withLock { $0 })
            return result
        } catch let error as PostgresError {
            throw DatabaseError.mapped(error)
        }
    }
}
