import PersistencePostgreSQL
import ServiceLifecycle

/// Listens to what other instances say of new jobs.
struct JobSignals: Service, CustomStringConvertible {
    let database: PostgresDatabase

    var description: String { "job signals" }

    func run() async {
        await cancelWhenGracefulShutdown { await database.relayJobSignals() }
    }
}
