import Core
import Logging
import PersistencePostgreSQL
import PostgresClient

/// Sees to it that the database has the schema of this version.
struct Schema: Sendable {
    private let migrator: Migrator

    init(_ client: PostgresConfiguration, time: TimeSource, logger: Logger) {
        migrator = Migrator(configuration: client, time: time, logger: logger)
    }

    /// Applies what is pending, where that may be done without being asked.
    /// - Throws: ``StartError/pendingMigrations(_:)`` where it may not; what the migrator throws.
    func require(migrating: Bool) async throws {
        if migrating {
            try await migrator.migrate()
        } else {
            let status = try await migrator.status()
            guard status.isUpToDate else { throw StartError.pendingMigrations(status.pending) }
        }
    }

    func status() async throws -> MigrationStatus {
        try await migrator.status()
    }

    /// - Returns: The ids of the steps applied now.
    func migrate() async throws -> [String] {
        try await migrator.migrate()
    }
}
