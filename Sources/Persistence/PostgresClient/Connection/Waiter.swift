import Synchronization

/// One caller who waits for one answer and may give up before.
final class Waiter<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, PostgresError>
    typealias Continuation = UnsafeContinuation<Outcome, Never>

    private enum State {
        case new
        case waiting(Continuation)
        case done(afterWaiting: Bool)
    }

    private let state = Mutex(State.new)

    /// Whether nobody waits any more.
    var isDone: Bool {
        state.withLock { if case .done = $0 { true } else { false } }
    }

    /// Whether the caller ever waited; false for one that was cancelled before, for whom nothing was sent.
    var hasBegun: Bool {
        state.withLock {
            switch $0 {
            case .new: false
            case .waiting: true
            case .done(let afterWaiting): afterWaiting
            }
        }
    }

    /// Takes the caller on.
    /// - Returns: Whether to go on; false when the caller was cancelled before.
    func begin(_ continuation: Continuation) -> Bool {
        let begins = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !begins { continuation.resume(returning: .failure(.cancelled)) }
        return begins
    }

    /// Answers the caller, unless that was done before.
    /// - Returns: Whether this call did.
    @discardableResult
    func finish(_ outcome: Outcome) -> Bool {
        let continuation: Continuation? = state.withLock { state in
            switch state {
            case .new:
                state = .done(afterWaiting: false)
                return nil
            case .waiting(let continuation):
                state = .done(afterWaiting: true)
                return continuation
            case .done:
                return nil
            }
        }
        continuation?.resume(returning: outcome)
        return continuation != nil
    }
}
