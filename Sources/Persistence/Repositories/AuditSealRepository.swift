public import Core

/// The chains that audit events are sealed into, and the events that wait for it. Every event waits from the commit that
/// recorded it until it is sealed. Only the system may write, and ask for what waits.
public protocol AuditSealRepository: Sendable {
    /// Takes the turn to seal until the unit of work ends, and reads what waits, the oldest first. What is personal in it
    /// is held until then: whoever erases it comes before or after. An event that somebody is erasing from waits on.
    /// - Returns: Nil while somebody else has the turn.
    func takeWaiting(limit: Int) async throws -> WaitingAuditEvents?

    /// Writes the seals with their salts, moves the heads of their chains, and takes their events from those that wait.
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23505 where an event is sealed, or a place taken.
    func append(_ seals: [NewAuditSeal]) async throws

    /// Seals by chain and sequence, each with what is there of its event.
    /// - Parameters:
    ///   - chain: Only of this one; nil for all.
    ///   - after: The last that was seen.
    func entries(of chain: AuditChain?, after: AuditPosition?, limit: Int) async throws -> [AuditEntry]

    /// Heads by chain, each with whether its chain has any seal.
    func heads(
        of chain: AuditChain?, after: AuditChain?, limit: Int
    ) async throws -> [(head: AuditHead, hasSeals: Bool)]

    /// Recorded events by time, each with where it stands.
    func whereabouts(of chain: AuditChain?, after: Cursor?, limit: Int) async throws -> [AuditWhereabouts]

    /// What waits, by time, each with whether the event is there.
    func waiting(after: Cursor?, limit: Int) async throws -> [(position: Cursor, isThere: Bool)]

    /// The hashes of the seals at these places, where there are seals.
    func hashes(at positions: [AuditPosition]) async throws -> [AuditPosition: [UInt8]]
}

/// What a sealer works on.
public struct WaitingAuditEvents: Sendable {
    public let events: [KeptAuditEvent]
    /// Of the chains of the events, where they have begun.
    public let heads: [AuditHead]
    /// How many more were looked at that hold what no event can. They wait on.
    public let unreadable: Int

    public init(events: [KeptAuditEvent], heads: [AuditHead], unreadable: Int = 0) {
        self.events = events
        self.heads = heads
        self.unreadable = unreadable
    }
}
