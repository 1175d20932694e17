/// Something in the log that is not as it was recorded and sealed.
public struct AuditFault: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// A sealed event is gone.
        case eventMissing
        /// What lasts in an event is not what was sealed.
        case eventAltered
        /// Address or browser are not what was sealed, or gone without having been erased.
        case originAltered
        /// The same of the values that say something of a person.
        case personalAltered
        /// A seal does not follow from the one before.
        case linkBroken
        /// So many seals before this one are gone.
        case sealsMissing(Int64)
        /// The last seals, so many, are gone: the head knows of them.
        case tailCut(Int64)
        /// The head is gone, or tells another end than the last seal.
        case headAltered
        /// An event is in no chain and does not wait for one.
        case unsealed
        /// An event is gone that had yet to be sealed.
        case waitingEventMissing
        /// The seal at this place is not the one that was noted.
        case differsFromNoted
    }

    public let kind: Kind
    /// Nil where only the event could tell.
    public let chain: AuditChain?
    /// Where in the chain.
    public let sequence: Int64?
    public let eventID: ID<AuditEvent>?

    public init(_ kind: Kind, chain: AuditChain?, sequence: Int64? = nil, eventID: ID<AuditEvent>? = nil) {
        self.kind = kind
        self.chain = chain
        self.sequence = sequence
        self.eventID = eventID
    }
}
