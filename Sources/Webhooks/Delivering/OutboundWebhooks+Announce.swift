public import Core
public import Persistence

extension OutboundWebhooks {
    /// Tells a team's endpoints of something, as part of the unit of work in which it happens: one round trip, whatever the
    /// number of endpoints. Each that wants it gets it at least once, and only if the unit of work is committed. That a team is
    /// deleted is announced before it is.
    /// - Parameters:
    ///   - data: What happened, in the form of the API; no secrets.
    ///   - store: Of the system's scope, or the team's.
    /// - Returns: How many endpoints will be told.
    /// - Throws: `WebhookEvent.TooLarge`; what encoding the data throws; `DatabaseError`.
    @discardableResult
    public func announce(
        _ kind: WebhookEventKind, in team: ID<Team>, data: some Encodable & Sendable, through store: any Store
    ) async throws -> Int {
        let now = time.now()
        let event = try WebhookEvent(kind, of: team, data: data, id: makeID(at: now), at: now)
        if kind == .teamDeleted { return try await sayFarewell(event, at: now, through: store) }
        return try await announce(event, at: now, through: store)
    }

    private func announce(_ event: WebhookEvent, at now: Timestamp, through store: any Store) async throws -> Int {
        let ids = (0..<Self.mostEndpoints).map { _ in makeID(at: now, of: WebhookDelivery.self) }
        let job = try Job(DeliverWebhook(teamID: event.teamID), id: makeID(at: now), at: now)
        return try await store.webhookDeliveries.add(event, to: nil, ids: ids, job: job)
    }
}
