/// A seal and what is there of what it speaks of, all as of one moment.
public struct AuditEntry: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case kept(KeptAuditEvent)
        case missing
        /// It holds what no event can.
        case unreadable
    }

    public let seal: AuditSeal
    /// Of the chain; nil when it is gone.
    public let head: AuditHead?
    public let content: Content

    public init(seal: AuditSeal, head: AuditHead?, content: Content) {
        self.seal = seal
        self.head = head
        self.content = content
    }
}

/// Where an event stands that has been recorded.
public struct AuditWhereabouts: Sendable, Equatable {
    public let chain: AuditChain
    public let eventID: ID<AuditEvent>
    public let createdAt: Timestamp
    public let isSealed: Bool
    /// Whether it waits to be sealed.
    public let isWaiting: Bool

    public init(
        chain: AuditChain, eventID: ID<AuditEvent>, createdAt: Timestamp, isSealed: Bool, isWaiting: Bool
    ) {
        self.chain = chain
        self.eventID = eventID
        self.createdAt = createdAt
        self.isSealed = isSealed
        self.isWaiting = isWaiting
    }
}
