import PersistencePostgreSQL
import ServiceLifecycle

/// Listens to what other instances say of new jobs and of people.
struct InstanceNews: Service, CustomStringConvertible {
    let database: PostgresDatabase

    var description: String { "instance news" }

    func run() async {
        // Behind a pooler there is nothing to listen to; a service that ends would end the server.
        await cancelWhenGracefulShutdown {
            await database.relaySignals()
            try? await gracefulShutdown()
        }
    }
}
