public import Core
import Synchronization

/// Calls nobody and keeps what it was given; answers as told, and 200 when nothing more was told.
public final class RecordingWebhookSender: WebhookSender {
    private struct State {
        var requests: [WebhookRequest] = []
        var outcomes: [WebhookOutcome] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// What was sent, oldest first.
    public var requests: [WebhookRequest] { state.withLock { $0.requests } }

    /// The outcomes of the next calls, one after the other.
    public func answer(with outcomes: WebhookOutcome...) {
        state.withLock { $0.outcomes += outcomes }
    }

    public func send(_ request: WebhookRequest) async throws -> WebhookOutcome {
        state.withLock { state in
            state.requests.append(request)
            return state.outcomes.isEmpty ? .answered(status: 200, excerpt: "") : state.outcomes.removeFirst()
        }
    }
}
