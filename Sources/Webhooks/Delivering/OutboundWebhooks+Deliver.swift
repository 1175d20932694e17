import Core
public import Jobs
import Persistence

extension OutboundWebhooks {
    public func add(to handlers: inout JobHandlers) {
        handlers.handle(DeliverWebhook.self) { work, context in
            try await deliver(context.job.id.cast(), of: work.teamID)
        }
        handlers.handle(WebhookFarewell.self) { farewell, context in
            try await deliver(farewell, attempt: context.attempt)
        }
    }

    /// Tries to deliver. What came of it is noted before the job ends: one that is started again finds it done.
    /// - Throws: `JobFailure/retry(after:reason:)` while there are tries to come; what opening the secret throws.
    func deliver(_ id: ID<WebhookDelivery>, of team: ID<Team>) async throws {
        let store = database.scoped(.system)
        guard let work = try await store.webhookDeliveries.work(id, of: team), work.delivery.state == .pending else {
            return
        }
        guard work.endpoint.isActive else { return try await store.webhookDeliveries.drop(id, of: team) }
        let start = time.now()
        // The try before was noted, but the job's end was lost with its worker.
        if work.delivery.attempts > 0, let due = work.delivery.nextAttemptAt, start < due {
            throw JobFailure.retry(after: due - start, reason: "not due")
        }
        let outcome = try await sender.send(
            WebhookRequest(
                url: work.endpoint.url, eventID: work.event.id, body: work.event.body,
                secrets: try secrets(of: work, at: start), at: start))
        let attempt = WebhookAttempt(at: start, took: max(.zero, time.now() - start), outcome: outcome)
        let verdict = WebhookVerdict(
            outcome, kind: work.delivery.kind, attempts: work.delivery.attempts + 1, fraction: randomness.fraction())
        try await note(attempt, verdict, work)
        if let wait = verdict.wait { throw JobFailure.retry(after: wait, reason: outcome.summary) }
    }

    private func secrets(of work: WebhookWork, at now: Timestamp) throws -> [WebhookSecret] {
        let context = WebhookEndpoint.sealContext(of: work.endpoint.id)
        let former = work.secrets.former.flatMap { now < $0.until ? $0.sealed : nil }
        return try ([work.secrets.current] + [former].compactMap(\.self)).compactMap {
            WebhookSecret(try sealing.open($0, context: context))
        }
    }

    private func note(_ attempt: WebhookAttempt, _ verdict: WebhookVerdict, _ work: WebhookWork) async throws {
        let (delivery, endpoint) = (work.delivery, work.endpoint)
        let now = attempt.at + attempt.took
        try await database.transaction(.system, repetition: .allowed) { store in
            guard
                try await store.webhookDeliveries.note(
                    attempt, of: delivery.id, in: delivery.teamID, state: verdict.state,
                    nextAttemptAt: verdict.wait.map { now + $0 })
            else { return }
            let endpoints = store.webhookEndpoints
            switch verdict.health {
            case .unchanged: break
            case .well:
                // Seldom more than a look at what was read: most endpoints are well and stay so.
                if endpoint.failingSince != nil {
                    try await endpoints.noteSuccess(of: endpoint.id, in: endpoint.teamID)
                }
            case .failing:
                if endpoint.failingSince == nil {
                    try await endpoints.noteFailure(of: endpoint.id, in: endpoint.teamID, at: now)
                }
            case .givenUp:
                try await pause(endpoint, as: .failing, failingBefore: now - WebhookVerdict.longestFailure, now, store)
            case .gone:
                try await pause(endpoint, as: .gone, failingBefore: nil, now, store)
            }
        }
    }

    private func pause(
        _ endpoint: WebhookEndpoint, as pause: WebhookEndpoint.Pause, failingBefore: Timestamp?, _ now: Timestamp,
        _ store: any Store
    ) async throws {
        guard
            try await store.webhookEndpoints.pause(
                endpoint.id, of: endpoint.teamID, as: pause, failingBefore: failingBefore, at: now)
        else { return }
        try await store.auditLog.record(
            AuditEvent(
                id: makeID(at: now), action: WebhookAction.paused.rawValue, actorID: nil, teamID: endpoint.teamID,
                targetType: "webhook", targetID: endpoint.id.description, origin: .none,
                changes: ["host": endpoint.url.hostText, "reason": pause.rawValue], createdAt: now))
        var pausedEndpoint = endpoint
        pausedEndpoint.pause = pause
        try await paused(pausedEndpoint, store)
    }
}

extension WebhookRequest {
    /// An event, signed with each of the secrets.
    init(url: WebhookURL, eventID: ID<WebhookEvent>, body: String, secrets: [WebhookSecret], at now: Timestamp) {
        let body = Array(body.utf8)
        let signature = WebhookSignature.headers(id: eventID.description, at: now, body: body, secrets: secrets)
        self.init(url: url, headers: [.init("content-type", "application/json")] + signature, body: body)
    }
}

extension WebhookOutcome {
    /// For the log of jobs: nothing of what was sent or answered.
    var summary: String {
        switch self {
        case .answered(let status, _): "the receiver answered \(status)"
        case .unanswered(let failure): "no answer: \(failure.rawValue)"
        }
    }
}
