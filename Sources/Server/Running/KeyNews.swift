import Auth
import Logging
import PersistencePostgreSQL
import ServiceLifecycle

/// Reads the signing keys as soon as one is killed, on this instance or another.
struct KeyNews: Service, CustomStringConvertible {
    let database: PostgresDatabase
    let ring: SigningKeyRing
    let logger: Logger

    var description: String { "key news" }

    func run() async {
        let news = database.signingKeyNews
        await cancelWhenGracefulShutdown {
            for await _ in news {
                do {
                    try await ring.reload()
                } catch {
                    logger.warning("signing keys not read", metadata: ["error": "\(error)"])
                }
            }
            try? await gracefulShutdown()
        }
    }
}
