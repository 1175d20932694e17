import Core
import Jobs
import Persistence

extension OutboundWebhooks {
    /// Leaves a job for each endpoint that wants to know of the end of its team, which outlives team and endpoint.
    /// - Returns: How many.
    func sayFarewell(_ event: WebhookEvent, at now: Timestamp, through store: any Store) async throws -> Int {
        let page = try await store.webhookEndpoints.list(of: event.teamID, page: PageRequest(limit: Self.mostEndpoints))
        let wanting = page.items.filter { $0.isActive && $0.subscription.wants(event.kind) }
        guard !wanting.isEmpty else { return 0 }
        let secrets = try await secrets(of: event.teamID, through: store)
        let jobs = try wanting.compactMap { endpoint in
            try secrets[endpoint.id].map { sealed in
                try Job(
                    WebhookFarewell(event, to: endpoint, secrets: sealed, at: now), id: makeID(at: now), at: now)
            }
        }
        return try await store.jobs.enqueue(jobs)
    }

    /// Tries to deliver, by the schedule of all deliveries. Nobody is left who could look at it: what was given up just ends.
    /// - Throws: `JobFailure/retry(after:reason:)` while there are tries to come; what opening the secret throws.
    func deliver(_ farewell: WebhookFarewell, attempt: Int) async throws {
        guard let url = WebhookURL(stored: farewell.url) else { return }
        let context = WebhookEndpoint.sealContext(of: farewell.endpointID)
        let secrets = try farewell.sealedSecrets.compactMap {
            WebhookSecret(try sealing.open($0, context: context))
        }
        let outcome = try await sender.send(
            WebhookRequest(
                url: url, eventID: farewell.eventID, body: farewell.body, secrets: secrets, at: time.now()))
        let verdict = WebhookVerdict(
            outcome, kind: .teamDeleted, attempts: attempt, fraction: randomness.fraction())
        if let wait = verdict.wait { throw JobFailure.retry(after: wait, reason: outcome.summary) }
    }

    private func secrets(
        of team: ID<Team>, through store: any Store
    ) async throws -> [ID<WebhookEndpoint>: SealedWebhookSecrets] {
        let before = WebhookSecretRow(
            teamID: team, endpointID: ID(high: 0, low: 0), secrets: SealedWebhookSecrets(current: []))
        let rows = try await store.webhookEndpoints.secrets(after: before, limit: Self.mostEndpoints)
        return Dictionary(
            rows.filter { $0.teamID == team }.map { ($0.endpointID, $0.secrets) },
            uniquingKeysWith: { first, _ in first })
    }
}
