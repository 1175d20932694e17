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
    let listener: Listener

    /// Clients in whose transaction the current task is.
    @TaskLocal static var inTransaction: Set<ObjectIdentifier> = []

    /// Connects when first used.
    public init(configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        primary = PoolLoop(
            configuration: configuration.pool(named: "primary", url: configuration.url), logger: logger)
        replica = configuration.replicaURL.map { url in
            PoolLoop(
                configuration: configuration.pool(named: "replica", url: url, isReplica: true), logger: logger)
        }
        listener = Listener(connector: configuration.directConnector, logger: logger)
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

    /// Closes all connections and ends the streams of ``notifications(on:)``. What waits or is asked from now on ends in
    /// ``PostgresError/closed``; a write or commit that was sent and not yet answered in
    /// ``PostgresError/outcomeUnknown``.
    public func shutdown() {
        primary.mailbox.post(.shutdown)
        replica?.mailbox.post(.shutdown)
        listener.close()
    }

    /// Runs the statements in one round trip and one transaction: all take effect, or none.
    ///
    /// COPY from or to the client is not possible here; it costs the connection.
    /// - Returns: The rows of each.
    /// - Throws: ``PostgresError/nestedTransaction`` inside the body of a transaction of this client;
    ///   ``PostgresError/outcomeUnknown`` when the connection broke after a write was sent. A read is asked again.
    public func batch(
        _ statements: [SQL], access: PostgresAccess = .write
    ) async throws(PostgresError) -> [PostgresRows] {
        guard !isInTransaction else { throw .nestedTransaction }
        if access == .staleRead, let replica {
            do throws(PostgresError) {
                return try await replica.run(PendingBatch(statements, access: access))
            } catch  where error.isOfReplica {}
        }
        return try await primary.run(PendingBatch(statements, access: access))
    }

    /// Runs one statement.
    /// - Throws: As ``batch(_:access:)``.
    public func query(_ statement: SQL, access: PostgresAccess = .write) async throws(PostgresError) -> PostgresRows {
        guard let rows = try await batch([statement], access: access).first else { throw .outcomeUnknown }
        return rows
    }

    var isInTransaction: Bool { Self.inTransaction.contains(ObjectIdentifier(self)) }

    /// Takes a connection for one caller alone.
    func lease(opening: [SQL]) async throws(PostgresError) -> Lease { try await primary.lease(opening: opening) }

    func release(_ lease: Lease, isClean: Bool) { primary.mailbox.post(.release(lease, isClean: isClean)) }

    func run(_ batch: PendingBatch, shielded: Bool = false) async throws(PostgresError) -> [PostgresRows] {
        try await primary.run(batch, shielded: shielded)
    }
}

extension PostgresError {
    /// Whether the primary may well answer what a replica didn't: it is gone, or cancelled the query because what it read
    /// was changed on the primary.
    fileprivate var isOfReplica: Bool {
        switch self {
        case .unreachable: true
        case .server: isSerializationFailure
        default: false
        }
    }
}
