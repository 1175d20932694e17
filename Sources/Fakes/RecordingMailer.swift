public import Core
import Synchronization

/// Sends nothing and keeps what it was given, after failing as told.
public final class RecordingMailer: Mailer {
    private struct State {
        var sent: [EmailMessage] = []
        var failures: [MailFailure] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// What was sent, oldest first.
    public var sent: [EmailMessage] { state.withLock { $0.sent } }

    /// Makes the next calls fail, one after the other.
    public func fail(with failures: MailFailure...) {
        state.withLock { $0.failures += failures }
    }

    public func send(_ message: EmailMessage) async throws {
        try state.withLock { state in
            guard state.failures.isEmpty else { throw state.failures.removeFirst() }
            state.sent.append(message)
        }
    }
}
