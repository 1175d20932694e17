import Logging
import PostgresClient

/// A PostgreSQL that runs, and how to reach it.
struct OpenDatabase: Sendable {
    /// Who wants it.
    enum User: Sendable {
        /// The server, which owns a private cluster alone.
        case server
        /// A command, which shares the cluster of a server that runs and else has it for itself.
        case command
    }

    /// How long a command waits for a server that is just starting.
    private static let longestWait = Duration.seconds(60)
    private static let pause = Duration.milliseconds(200)

    let client: PostgresConfiguration
    /// Which PostgreSQL it is, for people.
    let summary: String
    /// Ours to stop.
    private let cluster: LocalCluster?

    /// - Throws: `LocalCluster.Failure`, ``StartError/clusterNotReady(directory:)``, `CancellationError`.
    static func open(
        _ configuration: DatabaseConfiguration, for user: User, logger: Logger
    ) async throws -> OpenDatabase {
        switch configuration.place {
        case .server(let url, _, _):
            return OpenDatabase(client: configuration.client(url: url), summary: "DATABASE_URL", cluster: nil)
        case .privateCluster(let place):
            let summary = "a private PostgreSQL in \(place.directory)"
            do {
                let cluster = try await LocalCluster.start(place, logger: logger)
                return OpenDatabase(
                    client: configuration.client(url: cluster.connectionString), summary: summary, cluster: cluster)
            } catch LocalCluster.Failure.alreadyInUse where user == .command {
                let url = try await running(place)
                return OpenDatabase(client: configuration.client(url: url), summary: summary, cluster: nil)
            }
        }
    }

    /// Stops what ``open(_:for:logger:)`` started.
    func close() async {
        await cluster?.stop()
    }

    private static func running(_ place: LocalCluster.Configuration) async throws -> String {
        let deadline = ContinuousClock.now + longestWait
        while ContinuousClock.now < deadline {
            if let url = try await LocalCluster.running(place) { return url }
            try await Task.sleep(for: pause)
        }
        throw StartError.clusterNotReady(directory: place.directory)
    }
}
