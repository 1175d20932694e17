import Auth
import Core
import Logging

/// What both the server and the commands need before they can work: a database with its schema and the master keys
/// that belong to it, put together.
struct PreparedServer: Sendable {
    let composition: Composition
    let database: OpenDatabase

    /// - Parameter migrating: Whether pending migrations are applied; else they end the start.
    static func make(
        _ configuration: ServerConfiguration, port: Int, on database: OpenDatabase, migrating: Bool, logger: Logger,
        time: TimeSource = .system, randomness: Randomness = .system
    ) async throws -> PreparedServer {
        let developmentKey = configuration.developmentKey
        let keys = try configuration.masterKeys(randomness: randomness)
        let schema = Schema(database.client, time: time, logger: logger)
        try await FirstContact.patiently { try await schema.require(migrating: migrating) }
        try Task.checkCancellation()
        let composition = try Composition(
            configuration, port: port, database: database.client, keys: keys, logger: logger, time: time,
            randomness: randomness)
        do {
            try await FirstContact.patiently {
                try await MasterKeyRecord.require(
                    keys, developmentKey: developmentKey?.path, in: composition.database, at: time.now())
            }
            return PreparedServer(composition: composition, database: database)
        } catch {
            await composition.close()
            throw error
        }
    }

    /// Runs a command's work on the database of the configuration, beside a server that runs or without.
    static func withDatabase<Result: Sendable>(
        _ configuration: ServerConfiguration, logger: Logger,
        _ work: @Sendable (Composition) async throws -> Result
    ) async throws -> Result {
        let database = try await OpenDatabase.open(configuration.database, for: .command, logger: logger)
        do {
            let server = try await make(
                configuration, port: configuration.http.port, on: database, migrating: !configuration.isProduction,
                logger: logger)
            let result = try await server.composition.closing { try await work(server.composition) }
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

extension ServerConfiguration {
    /// Where the master key is kept that the settings do not name.
    var developmentKey: DevelopmentKey? {
        secrets.masterKeys == nil ? DevelopmentKey(dataDirectory: dataDirectory) : nil
    }

    /// The master keys of the settings, or the development key, made now if there is none.
    func masterKeys(randomness: Randomness) throws(StartError) -> MasterKeys {
        if let keys = secrets.masterKeys { return keys }
        return try DevelopmentKey(dataDirectory: dataDirectory).readOrMake(randomness: randomness)
    }
}
