import Core
import Persistence

extension Teams {
    /// Leaves the audit row of an act, and tells of the act whom it concerns, in the same unit of work: no act needs to think of
    /// others.
    func record(_ event: AuditEvent, in store: any Store) async throws {
        try await store.auditLog.record(event)
        guard let action = TeamAction(rawValue: event.action), let team = event.teamID else { return }
        for notice in action.notices(of: event, in: team) {
            try await notice.enqueue(in: store, at: event.createdAt, randomness: randomness)
        }
        if let kind = action.announced { try await announce(kind, TeamEvent(event, in: team), store) }
    }
}
