public import Core
public import Persistence

/// Counts tries across all instances, before each of them is made.
public struct Throttle: Sendable {
    private let store: any KeyValueStore
    private let time: TimeSource

    public init(store: any KeyValueStore, time: TimeSource) {
        self.store = store
        self.time = time
    }

    /// Counts a try under `key`, if one is allowed, by one atomic change: however many ask at once, no more than the
    /// policy allows are let through.
    /// - Parameter key: An account, address or code. Only its hash is stored.
    /// - Throws: `DatabaseError`: without the store nothing is let through.
    public func reserve(_ policy: ThrottlePolicy, key: String) async throws -> ThrottleDecision {
        let now = time.now()
        return try await store.update(HashedKey.text("throttle", policy.name, key), at: now) { bytes in
            var state = bytes.flatMap(FailureThrottle.init(encoded:)) ?? FailureThrottle()
            let decision = state.reserve(policy, at: now)
            return (decision, decision == .allowed ? (state.encoded, state.endsAt(policy)) : nil)
        }
    }

    /// Takes back the reservation of a try that succeeded; with a policy that forgets on success, all tries under the
    /// key.
    /// - Throws: `DatabaseError`.
    public func release(_ policy: ThrottlePolicy, key: String) async throws {
        let now = time.now()
        try await store.update(HashedKey.text("throttle", policy.name, key), at: now) { bytes in
            guard var state = bytes.flatMap(FailureThrottle.init(encoded:)) else { return ((), nil) }
            state.release(policy)
            return ((), (state.encoded, state.endsAt(policy)))
        }
    }
}

/// Whether a try may be made.
public enum ThrottleDecision: Sendable, Equatable {
    /// It may, and is counted.
    case allowed
    /// It may not; the next one after the given time may.
    case denied(retryAfter: Duration)
}
