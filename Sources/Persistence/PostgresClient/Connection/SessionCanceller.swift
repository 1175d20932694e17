import Dispatch
import Synchronization

/// Cancels one statement of a session, and no other of the same session.
///
/// PostgreSQL cancels whatever runs when the request arrives. So nothing is sent for a statement that has not begun, and
/// one that has ended is not reported before a request under way has been served.
final class SessionCanceller: Sendable {
    private enum State {
        case waiting
        case running
        case ended
    }

    private let cancellation: StatementCancellation
    private let state = Mutex((state: State.waiting, isCancelled: false))
    private let requests = DispatchGroup()

    init(_ connection: OpaquePointer?) {
        cancellation = StatementCancellation(of: connection)
    }

    /// The statement is about to run.
    /// - Returns: False when it should not.
    func begin() -> Bool {
        state.withLock {
            guard !$0.isCancelled else { return false }
            $0.state = .running
            return true
        }
    }

    /// The statement has ended; blocks while a request is under way.
    /// - Returns: Whether it was cancelled.
    func end() -> Bool {
        let isCancelled = state.withLock {
            $0.state = .ended
            return $0.isCancelled
        }
        requests.wait()
        return isCancelled
    }

    func cancel() {
        let isRunning = state.withLock {
            guard $0.state != .ended else { return false }
            $0.isCancelled = true
            if $0.state == .running { requests.enter() }
            return $0.state == .running
        }
        guard isRunning else { return }
        OSThread.start(name: "pg-cancel") { [cancellation, requests] in
            cancellation.send()
            requests.leave()
        }
    }
}
