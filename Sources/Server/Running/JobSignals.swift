import PersistencePostgreSQL
import ServiceLifecycle

/// Listens to what other instances say of new jobs.
struct JobSignals: Service, CustomStringConvertible {
    let database: PostgresDatabase

    var description: String { "job signals" }

    func run() async {
        // Behind a pooler there is nothing to listen to; a service that ends would end the server.
        await cancelWhenGracefulShutdown {
            await database.relayJobSignals()
            try? await gracefulShutdown()
        }
    }
}
