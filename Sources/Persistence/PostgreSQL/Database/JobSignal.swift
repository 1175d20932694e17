import PostgresClient
import Synchronization

/// Tells workers that jobs were enqueued: those of this process at once, those of others through NOTIFY, which the
/// client gathers and sends outside all transactions.
final class JobSignal: Sendable {
    private static let channel = "plinth_jobs"

    private struct State {
        var next: UInt64 = 0
        var waiting: [UInt64: AsyncStream<Void>.Continuation] = [:]
    }

    private let client: PostgresClient
    private let state = Mutex(State())

    init(client: PostgresClient) {
        self.client = client
    }

    /// To be called after the commit.
    func send() {
        wakeOwn()
        // Whoever is shut down has nobody to tell.
        try? client.notify(Self.channel)
    }

    /// One element stands for any number of jobs.
    func wakeUps() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.next += 1
            state.waiting[state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.waiting.removeValue(forKey: id) }
        }
        return stream
    }

    /// Passes on what other instances say, until the client is shut down or the task cancelled.
    func relay() async {
        guard let notifications = try? client.notifications(on: Self.channel) else { return }
        for await _ in notifications { wakeOwn() }
    }

    private func wakeOwn() {
        for continuation in state.withLock({ Array($0.waiting.values) }) { continuation.yield() }
    }
}
