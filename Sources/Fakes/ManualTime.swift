public import Core
import Synchronization

/// A clock that stands still until it is moved, for tests and demonstrations.
public final class ManualTime: Sendable {
    private let moment: Mutex<Timestamp>

    /// Starts at `start`; 2026-01-01T00:00:00Z unless told otherwise.
    public init(start: Timestamp = Timestamp(seconds: 1_767_225_600)) {
        moment = Mutex(start)
    }

    public var now: Timestamp { moment.withLock { $0 } }

    /// Moves the clock on.
    public func advance(by duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }

    /// What the code under test takes its time from.
    public var source: TimeSource { TimeSource { self.now } }
}
