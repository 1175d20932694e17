public import Core
public import Persistence

/// Gives the events of the audit log their places in the chains, in batches: what somebody does waits for nobody's place.
///
/// On every instance, every few seconds; one at a time works. A batch is one unit of work: whatever is killed, an event is
/// sealed once.
public struct AuditSealer: Sendable {
    /// Events of a batch.
    static let batchSize = 500

    private let database: any Database
    private let sealing: AuditSealing

    public init(database: any Database, randomness: Randomness = .system) {
        self.database = database
        sealing = AuditSealing(hashing: .sha256, randomness: randomness)
    }

    /// Seals what waits until nothing more does, or another instance is at it.
    /// - Returns: How many events were sealed.
    /// - Throws: ``UnreadableAuditEvents`` where some can't be, once all others were; `DatabaseError`.
    @discardableResult
    public func sealWaiting() async throws -> Int {
        var sealed = 0
        while true {
            try Task.checkCancellation()
            guard let batch = try await sealBatch() else { return sealed }
            sealed += batch.sealed
            // Those that can't be read come first again in the next.
            if batch.sealed + batch.unreadable < Self.batchSize || batch.sealed == 0 {
                if batch.unreadable > 0 { throw UnreadableAuditEvents(count: batch.unreadable) }
                return sealed
            }
        }
    }

    private func sealBatch() async throws -> (sealed: Int, unreadable: Int)? {
        try await database.transaction(.system, repetition: .allowed) { [sealing] store in
            guard let waiting = try await store.auditSeals.takeWaiting(limit: Self.batchSize) else { return nil }
            if !waiting.events.isEmpty {
                try await store.auditSeals.append(sealing.seal(waiting.events, after: waiting.heads))
            }
            return (waiting.events.count, waiting.unreadable)
        }
    }
}

/// Some events that wait hold what no event can, so that somebody else than the application wrote them. They wait on.
public struct UnreadableAuditEvents: Error, Equatable {
    /// How many of the last batch.
    public let count: Int
}
