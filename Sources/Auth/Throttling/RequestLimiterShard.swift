import Core
import Synchronization

/// A part of the keys of a ``RequestLimiter``, under a lock of its own.
final class RequestLimiterShard: Sendable {
    private struct State {
        var windows: RecentEntries<String, PermitWindow>
        /// Keys for which someone asks the store, and who waits for that.
        var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

        mutating func add(_ lease: SharedWindow.Lease, to key: String, limit: Int, at now: Timestamp) -> RequestLimit? {
            let known = windows[key].flatMap { $0.limit == limit && $0.endsAt == lease.endsAt ? $0 : nil }
            var window = known ?? PermitWindow(limit: limit, endsAt: lease.endsAt)
            window.add(lease)
            let answer = window.take(at: now)
            windows[key] = window
            return answer
        }
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(windows: RecentEntries(capacity: capacity)))
    }

    /// Windows remembered now.
    var count: Int { state.withLock { $0.windows.count } }

    func take(_ key: String, limit: Int, at now: Timestamp) -> RequestLimit? {
        state.withLock { state in
            guard var window = state.windows[key], window.limit == limit, let answer = window.take(at: now)
            else { return nil }
            state.windows[key] = window
            return answer
        }
    }

    /// Whether the caller is the one to ask the store and then ``finish(_:limit:lease:at:)``.
    func becomesLeader(of key: String) -> Bool {
        state.withLock { state in
            guard state.waiting[key] == nil else { return false }
            state.waiting[key] = []
            return true
        }
    }

    /// Returns when the one who asks the store is done, which the time limits of the store bound.
    func waitForLeader(of key: String) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                guard state.waiting[key] != nil else { return true }
                state.waiting[key]?.append(continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// Adds what the store gave (nil: the asker was cancelled), counts the leader's own request from it, and wakes the
    /// others.
    func finish(_ key: String, limit: Int, lease: SharedWindow.Lease?, at now: Timestamp) -> RequestLimit? {
        let (answer, waiters) = state.withLock { state in
            let answer = lease.flatMap { state.add($0, to: key, limit: limit, at: now) }
            return (answer, state.waiting.removeValue(forKey: key) ?? [])
        }
        for waiter in waiters { waiter.resume() }
        return answer
    }
}
