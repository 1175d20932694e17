import Synchronization

/// A lock that tasks wait for without blocking a thread, handed over in the order of arrival.
final class FairLock: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var isHeld = false
        var lastTicket: UInt64 = 0
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    /// Waits until the lock is the caller's, who releases it by ``release()``.
    /// - Throws: `CancellationError` when the task is cancelled before; the lock is then not the caller's.
    func acquire() async throws {
        let ticket = state.withLock { state in
            state.lastTicket &+= 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    // The cancellation handler may have run before there was a waiter to find.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.isHeld {
                        state.waiters.append(Waiter(ticket: ticket, continuation: continuation))
                        return nil
                    }
                    state.isHeld = true
                    return .success(())
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Hands the lock to whoever has waited longest.
    func release() {
        let next = state.withLock { state -> Waiter? in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.isHeld = false
            return nil
        }
        next?.continuation.resume()
    }

    /// How many tasks wait.
    var waiting: Int { state.withLock { $0.waiters.count } }
}
