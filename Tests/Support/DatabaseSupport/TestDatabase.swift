package import Core
package import Logging
package import PersistencePostgreSQL
package import PostgresClient

/// Databases of a cluster that is there for this process only, each test's its own.
package enum TestDatabase {
    /// When the template was migrated, as far as the schema knows.
    package static let migratedAt = Timestamp(seconds: 1_767_225_600)

    private static let migratedTemplate = "migrated"
    private static let emptyTemplate = "empty"
    /// Tests that have a database at once: all tests are started together, and the cluster's connections are counted.
    private static let seats = Seats(16)

    /// Runs `body` with the connection string of a migrated database without rows.
    ///
    /// It is a copy of a template, which brings everything along but the time-outs: PostgreSQL keeps those of a role by
    /// database. A test of time-outs migrates an empty database itself.
    package static func withMigrated<Value>(_ body: (_ url: String) async throws -> Value) async throws -> Value {
        try await seats.seated {
            let cluster = try await ThrowawayCluster.shared()
            try await cluster.createTemplate(name: migratedTemplate) { url in
                try await Migrator(
                    configuration: configuration(url), time: TimeSource { migratedAt }, logger: logger
                ).migrate()
            }
            return try await cluster.withDatabase(template: migratedTemplate, body)
        }
    }

    /// Runs `body` with the connection string of a database that nobody has migrated.
    package static func withEmpty<Value>(_ body: (_ url: String) async throws -> Value) async throws -> Value {
        try await seats.seated {
            let cluster = try await ThrowawayCluster.shared()
            try await cluster.createTemplate(name: emptyTemplate) { _ in }
            return try await cluster.withDatabase(template: emptyTemplate, body)
        }
    }

    /// Runs `body` with a session of the superuser who owns the cluster.
    package static func administer<Value: Sendable>(
        _ url: String, _ body: @Sendable (PostgresSession) async throws -> Value
    ) async throws -> Value {
        let client = PostgresClient(configuration: configuration(url), logger: logger)
        defer { client.shutdown() }
        return try await client.leased(body)
    }

    /// Few connections, and time to wait for one on a machine that is busy with other tests.
    package static func configuration(_ url: String) -> PostgresConfiguration {
        PostgresConfiguration(
            url: url, poolSize: 8, sharedConnections: 2, acquireTimeout: .seconds(30), connectTimeout: .seconds(30))
    }

    /// Says only what goes wrong.
    package static let logger = {
        var logger = Logger(label: "plinth.tests")
        logger.logLevel = .error
        return logger
    }()
}

/// Runs `body` with a migrated database without rows, and the client it works through.
package func withDatabase<Value>(
    _ body: (PostgresClient, PostgresDatabase) async throws -> Value
) async throws -> Value {
    try await TestDatabase.withMigrated { url in
        let database = PostgresDatabase(
            configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
        defer { database.client.shutdown() }
        return try await body(database.client, database)
    }
}
