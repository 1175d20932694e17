public import Logging
public import ServiceLifecycle

/// An asynchronous client of PostgreSQL over libpq that pipelines.
///
/// Statements of many callers travel over few connections. The primitive is a ``batch(_:access:)``: several statements,
/// one round trip, one transaction. Callers suspend; no thread of the cooperative pool ever blocks. Everything is
/// bounded: connecting, waiting, the queue.
///
/// ```swift
/// let client = PostgresClient(configuration: .init(url: "postgresql://localhost/app"), logger: logger)
/// let rows = try await client.query("select id, name from teams where owner_id = \(owner)", access: .read)
/// ```
public final class PostgresClient: Sendable, Service {
    let configuration: PostgresConfiguration
    let logger: Logger
    private let primary: PoolLoop
    private let replica: PoolLoop?

    /// Clients in whose transaction the current task is.
    @TaskLocal static var inTransaction: Set<ObjectIdentifier> = []

    /// Connects when first used.
    public init(configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        primary = PoolLoop(
            configuration: configuration.pool(named: "primary", url: configuration.url, mustBeWritable: true),
            logger: logger)
        replica = configuration.replicaURL.map { url in
            PoolLoop(
                configuration: configuration.pool(named: "replica", url: url, mustBeWritable: false), logger: logger)
        }
        primary.start()
        replica?.start()
    }

    deinit {
        shutdown()
    }

    /// Waits for graceful shutdown or cancellation, then closes all connections. Optional: the client works without.
    public func run() async {
        try? await gracefulShutdown()
        shutdown()
    }

    /// Closes all connections. What waits ends in ``PostgresError/closed``, what was sent in the same.
    public func shutdown() {
        primary.mailbox.post(.shutdown)
        replica?.mailbox.post(.shutdown)
    }

    /// Runs the statements in one round trip and one transaction: all take effect, or none.
    /// - Returns: The rows of each.
    public func batch(
        _ statements: [SQL], access: PostgresAccess = .write
    ) async throws(PostgresError) -> [PostgresRows] {
        guard !isInTransaction else { throw .nestedTransaction }
        let pool = access == .staleRead ? replica ?? primary : primary
        return try await pool.run(PendingBatch(statements, access: access))
    }

    /// Runs one statement.
    public func query(_ statement: SQL, access: PostgresAccess = .write) async throws(PostgresError) -> PostgresRows {
        guard let rows = try await batch([statement], access: access).first else { throw .outcomeUnknown }
        return rows
    }

    var isInTransaction: Bool { Self.inTransaction.contains(ObjectIdentifier(self)) }

    /// Takes a connection for one caller alone.
    func lease() async throws(PostgresError) -> Lease { try await primary.lease() }

    func release(_ lease: Lease, isClean: Bool) { primary.mailbox.post(.release(lease, isClean: isClean)) }

    func run(_ statements: [SQL], on lease: Lease, shielded: Bool = false) async throws(PostgresError) -> [PostgresRows] {
        try await primary.run(PendingBatch(statements, access: .write, lease: lease), shielded: shielded)
    }
}
