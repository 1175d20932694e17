import Synchronization

/// How far a server's shutdown has come.
public enum ShutdownPhase: UInt8, Sendable, Comparable, CaseIterable {
    /// Everything works.
    case serving
    /// Not ready any more, and every response says `Connection: close`; everything is still answered.
    case draining
    /// Nothing new is accepted and streams end.
    case ending
    /// What still runs is cancelled.
    case cancelling
    /// The process exits, whatever hangs.
    case exiting

    public static func < (left: ShutdownPhase, right: ShutdownPhase) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// The shutdown's phase, which anything may read and wait for. It only ever moves forward.
public final class ShutdownState: Sendable {
    private struct Waiter {
        let phase: ShutdownPhase
        let continuation: CheckedContinuation<Void, Never>
    }

    private let current = Atomic(ShutdownPhase.serving.rawValue)
    private let waiters = Mutex<(next: UInt64, waiting: [UInt64: Waiter])>((0, [:]))

    /// Serving.
    public init() {}

    /// The phase now.
    public var phase: ShutdownPhase {
        ShutdownPhase(rawValue: current.load(ordering: .acquiring)) ?? .exiting
    }

    /// Whether a shutdown has begun. Cheap enough to ask with every response.
    public var isDraining: Bool { current.load(ordering: .relaxed) >= ShutdownPhase.draining.rawValue }

    /// Whether nothing new is accepted any more.
    public var isEnding: Bool { current.load(ordering: .relaxed) >= ShutdownPhase.ending.rawValue }

    /// Begins the shutdown: readiness fails, responses close their connections.
    public func beginDraining() {
        advance(to: .draining)
    }

    /// Moves forward to `phase`, waking who waits for it; does nothing when it is that far already.
    public func advance(to phase: ShutdownPhase) {
        let woken = waiters.withLock { state in
            guard self.phase < phase else { return [Waiter]() }
            current.store(phase.rawValue, ordering: .releasing)
            let due = state.waiting.filter { $0.value.phase <= phase }
            for id in due.keys {
                state.waiting[id] = nil
            }
            return Array(due.values)
        }
        for waiter in woken {
            waiter.continuation.resume()
        }
    }

    /// Returns once the shutdown has come as far as `phase`, or the task is cancelled.
    public func reached(_ phase: ShutdownPhase) async {
        let id = waiters.withLock { state in
            state.next &+= 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = waiters.withLock { state in
                    if self.phase >= phase || Task.isCancelled { return true }
                    state.waiting[id] = Waiter(phase: phase, continuation: continuation)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            waiters.withLock { $0.waiting.removeValue(forKey: id) }?.continuation.resume()
        }
    }
}
