public import Core

/// One event on its way to a webhook, and how its last try went.
public struct WebhookDeliveryBody: Codable, Sendable, Equatable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case pending
        case delivered
        case failed
        case dropped
    }

    /// How a try went: an answer, or why there was none.
    public struct Attempt: Codable, Sendable, Equatable {
        public let at: Timestamp
        /// In milliseconds.
        public let duration: Int64
        /// Null where there was no answer.
        public let responseStatus: Int?
        /// The first 4 KiB of the answer's body.
        public let responseExcerpt: String?
        /// Null where there was an answer.
        public let failure: WebhookFailure?

        private enum CodingKeys: String, CodingKey {
            case at
            case duration = "duration_ms"
            case responseStatus = "response_status"
            case responseExcerpt = "response_excerpt"
            case failure
        }
    }

    public let id: ID<WebhookDelivery>
    /// The `webhook-id` that the receiver gets: the same for every try and every redelivery.
    public let eventID: ID<WebhookEvent>
    public let type: WebhookEventKind
    public let state: State
    public let attempts: Int
    /// Null before the first try.
    public let lastAttempt: Attempt?
    /// Null when no try is to come.
    public let nextAttemptAt: Timestamp?
    public let createdAt: Timestamp

    public init(_ delivery: WebhookDelivery) {
        id = delivery.id
        eventID = delivery.eventID
        type = delivery.kind
        state =
            switch delivery.state {
            case .pending: .pending
            case .delivered: .delivered
            case .failed: .failed
            case .dropped: .dropped
            }
        attempts = delivery.attempts
        lastAttempt = delivery.lastAttempt.map(Attempt.init)
        nextAttemptAt = delivery.nextAttemptAt
        createdAt = delivery.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case eventID = "event_id"
        case type
        case state
        case attempts
        case lastAttempt = "last_attempt"
        case nextAttemptAt = "next_attempt_at"
        case createdAt = "created_at"
    }
}

extension WebhookDeliveryBody.Attempt {
    fileprivate init(_ attempt: WebhookAttempt) {
        at = attempt.at
        duration = attempt.took.microseconds / 1000
        switch attempt.outcome {
        case .answered(let status, let excerpt): (responseStatus, responseExcerpt, failure) = (status, excerpt, nil)
        case .unanswered(let reason): (responseStatus, responseExcerpt, failure) = (nil, nil, reason)
        }
    }
}
