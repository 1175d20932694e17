package import Core
import Synchronization

/// Wakes what waits for news in this process: workers for jobs, streams for what concerns a person.
package final class WakeUps: Sendable {
    package enum Topic: Hashable, Sendable {
        case jobs
        case user(ID<User>)
        /// One of them was killed.
        case signingKeys
        /// One of them was changed.
        case flags
    }

    private struct State {
        var next: UInt64 = 0
        var waiting: [Topic: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// For one who waits; one element stands for any number of news.
    package func stream(of topic: Topic) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.next += 1
            state.waiting[topic, default: [:]][state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id, of: topic) }
        return stream
    }

    package func send(_ topic: Topic) {
        let waiting = state.withLock { $0.waiting[topic].map { Array($0.values) } ?? [] }
        for continuation in waiting { continuation.yield() }
    }

    /// When anything may have been missed.
    package func sendAll() {
        let waiting = state.withLock { $0.waiting.values.flatMap { Array($0.values) } }
        for continuation in waiting { continuation.yield() }
    }

    private func remove(_ id: UInt64, of topic: Topic) {
        state.withLock { state in
            state.waiting[topic]?[id] = nil
            if state.waiting[topic]?.isEmpty == true { state.waiting[topic] = nil }
        }
    }
}
