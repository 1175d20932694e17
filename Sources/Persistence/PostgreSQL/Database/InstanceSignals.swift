import Core
import Persistence
import PostgresClient

/// Tells workers and streams of what is new: those of this process at once, those of others through NOTIFY, which the
/// client gathers and sends outside all transactions.
final class InstanceSignals: Sendable {
    static let channel = "plinth"
    /// The payloads that stand for jobs, signing keys and flags; any other is the id of a person.
    private static let jobs = "jobs"
    static let signingKeys = "signing-keys"
    static let flags = "flags"

    private let client: PostgresClient
    private let own = WakeUps()

    init(client: PostgresClient) {
        self.client = client
    }

    /// To be called after the commit.
    func send(_ topics: Set<WakeUps.Topic>) {
        for topic in topics {
            own.send(topic)
            // Whoever is shut down has nobody to tell.
            try? client.notify(Self.channel, payload: Self.payload(of: topic))
        }
    }

    func wakeUps(of topic: WakeUps.Topic) -> AsyncStream<Void> { own.stream(of: topic) }

    /// Passes on what other instances say, until the client is shut down or the task cancelled.
    func relay() async {
        guard let notifications = try? client.notifications(on: Self.channel) else { return }
        for await notification in notifications {
            switch notification {
            case .listening: own.sendAll()
            case .received(let payload): if let topic = Self.topic(of: payload) { own.send(topic) }
            }
        }
    }

    private static func payload(of topic: WakeUps.Topic) -> String {
        switch topic {
        case .jobs: jobs
        case .user(let id): id.description
        case .signingKeys: signingKeys
        case .flags: flags
        }
    }

    private static func topic(of payload: String) -> WakeUps.Topic? {
        switch payload {
        case jobs: .jobs
        case signingKeys: .signingKeys
        case flags: .flags
        default: ID<User>(payload).map { .user($0) }
        }
    }
}
