public import Core
public import Logging
public import PostgresClient

/// Brings the schema up to date.
///
/// Several may run at once, on one machine or many: one works, the others wait for it and then find nothing to do. It
/// connects as the login, without a pooler between.
public struct Migrator: Sendable {
    private let configuration: PostgresConfiguration
    private let time: TimeSource
    private let logger: Logger
    private let migrations: [Migration]

    public init(configuration: PostgresConfiguration, time: TimeSource, logger: Logger) {
        self.init(configuration: configuration, time: time, logger: logger, migrations: Migration.all)
    }

    init(configuration: PostgresConfiguration, time: TimeSource, logger: Logger, migrations: [Migration]) {
        var configuration = configuration
        // The roles that statements run as later do not exist yet.
        configuration.sessionSettings = []
        self.configuration = configuration
        self.time = time
        self.logger = logger
        self.migrations = migrations
    }

    /// Applies what is pending and makes the audit log's partitions for the coming months.
    /// - Returns: The ids of the steps applied by this call.
    /// - Throws: ``MigrationError``, `PostgresError`.
    @discardableResult
    public func migrate() async throws -> [String] {
        try await connected { session in
            try await session.holdingLock {
                try await session.createTable()
                let pending = Set(try await status(in: session).pending)
                let steps = migrations.filter { pending.contains($0.id) }
                for migration in steps {
                    logger.info("migrating", metadata: ["migration": "\(migration.id) \(migration.name)"])
                    try await session.apply(migration, at: time.now())
                }
                if migrations.contains(where: { $0.id == Migration.audit.id }) {
                    try await session.ensureAuditPartitions(at: time.now())
                }
                return steps.map(\.id)
            }
        }
    }

    /// Tells what `migrate()` would do, without doing or waiting for anything.
    /// - Throws: ``MigrationError/newerDatabase(unknown:)``, ``MigrationError/edited(id:)``, `PostgresError`.
    public func status() async throws -> MigrationStatus {
        try await connected { try await status(in: $0) }
    }

    private func status(in session: MigrationSession) async throws -> MigrationStatus {
        try MigrationStatus(of: migrations, recorded: try await session.recorded())
    }

    private func connected<Result: Sendable>(
        _ body: @Sendable (MigrationSession) async throws -> Result
    ) async throws -> Result {
        let client = PostgresClient(configuration: configuration, logger: logger)
        defer { client.shutdown() }
        return try await client.leased { try await body(MigrationSession(session: $0, logger: logger)) }
    }
}
