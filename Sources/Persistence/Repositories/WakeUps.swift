import Synchronization

/// Wakes the workers of this process that wait for jobs.
package final class WakeUps: Sendable {
    private struct State {
        var next: UInt64 = 0
        var waiting: [UInt64: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// For one worker; one element stands for any number of jobs.
    package func stream() -> AsyncStream<Void> {
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

    package func send() {
        for continuation in state.withLock({ Array($0.waiting.values) }) { continuation.yield() }
    }
}
