import Persistence
import PostgresClient

/// Tells workers that jobs were enqueued: those of this process at once, those of others through NOTIFY, which the
/// client gathers and sends outside all transactions.
final class JobSignal: Sendable {
    private static let channel = "plinth_jobs"

    private let client: PostgresClient
    private let own = WakeUps()

    init(client: PostgresClient) {
        self.client = client
    }

    /// To be called after the commit.
    func send() {
        own.send()
        // Whoever is shut down has nobody to tell.
        try? client.notify(Self.channel)
    }

    func wakeUps() -> AsyncStream<Void> { own.stream() }

    /// Passes on what other instances say, until the client is shut down or the task cancelled.
    func relay() async {
        guard let notifications = try? client.notifications(on: Self.channel) else { return }
        for await _ in notifications { own.send() }
    }
}
