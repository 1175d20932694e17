import Core
import PostgresClient

extension WebhookDelivery {
    /// What ``init(columns:)`` reads, in its order, of `delivery`.
    static let columns = """
        delivery.id, delivery.team_id, delivery.endpoint_id, delivery.event_id, delivery.kind, delivery.created_at, \
        delivery.state, delivery.attempts, delivery.attempted_at, delivery.took_microseconds, \
        delivery.response_status, delivery.response_excerpt, delivery.failure, delivery.next_attempt_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            teamID: try columns.next(),
            endpointID: try columns.next(),
            eventID: try columns.next(),
            kind: try columns.next(),
            createdAt: try columns.next(),
            state: try columns.next(),
            attempts: try columns.next(),
            lastAttempt: try WebhookAttempt(columns: &columns),
            nextAttemptAt: try columns.next())
    }
}

extension WebhookAttempt {
    /// Nil where the columns are null.
    fileprivate init?(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (at, took): (Timestamp?, Int64?) = (try columns.next(), try columns.next())
        let (status, excerpt): (Int?, String?) = (try columns.next(), try columns.next())
        let failure: WebhookFailure? = try columns.next()
        guard let at, let took else { return nil }
        let outcome: WebhookOutcome
        switch (status, excerpt, failure) {
        case (let status?, let excerpt?, nil): outcome = .answered(status: status, excerpt: excerpt)
        case (nil, nil, let failure?): outcome = .unanswered(failure)
        default: throw .malformed
        }
        self.init(at: at, took: .microseconds(took), outcome: outcome)
    }
}

extension WebhookEvent {
    /// What ``init(columns:)`` reads, in its order, of `delivery`.
    static let columns = "delivery.event_id, delivery.kind, delivery.team_id, delivery.body"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(), kind: try columns.next(), teamID: try columns.next(), body: try columns.next())
    }
}
