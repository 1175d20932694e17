/// What a chain keeps of one event: its place, and hashes that its content, when it is asked for again, must still have.
public struct AuditSeal: Sendable, Equatable {
    public let chain: AuditChain
    /// 1 for the first of a chain, then one more each.
    public let sequence: Int64
    public let eventID: ID<AuditEvent>
    public let eventCreatedAt: Timestamp
    /// Of what lasts in the event.
    public let eventHash: [UInt8]
    public let parts: AuditParts<SealedAuditPart>
    /// Of all of it and of the ``hash`` before.
    public let hash: [UInt8]

    public init(
        chain: AuditChain, sequence: Int64, eventID: ID<AuditEvent>, eventCreatedAt: Timestamp, eventHash: [UInt8],
        parts: AuditParts<SealedAuditPart>, hash: [UInt8]
    ) {
        self.chain = chain
        self.sequence = sequence
        self.eventID = eventID
        self.eventCreatedAt = eventCreatedAt
        self.eventHash = eventHash
        self.parts = parts
        self.hash = hash
    }

    public var head: AuditHead { AuditHead(chain: chain, sequence: sequence, hash: hash) }
    public var position: AuditPosition { AuditPosition(chain: chain, sequence: sequence) }
}

/// What a seal says of a part that tells of somebody.
public enum SealedAuditPart: Sendable, Equatable {
    /// The event told nothing.
    case none
    /// It had told something, which was erased before the event was sealed.
    case erased
    /// The salted hash of what it told.
    case hash([UInt8])
}

/// A place in a chain.
public struct AuditPosition: Sendable, Hashable {
    public let chain: AuditChain
    public let sequence: Int64

    public init(chain: AuditChain, sequence: Int64) {
        self.chain = chain
        self.sequence = sequence
    }
}

/// Where a chain ends: with it kept elsewhere, whoever rewrites the chain is found.
public struct AuditHead: Sendable, Equatable {
    public let chain: AuditChain
    /// How many events the chain has.
    public let sequence: Int64
    /// Of the last seal.
    public let hash: [UInt8]

    public init(chain: AuditChain, sequence: Int64, hash: [UInt8]) {
        self.chain = chain
        self.sequence = sequence
        self.hash = hash
    }
}

/// A seal just made, and the salts of what it hashed, to be kept with that.
public struct NewAuditSeal: Sendable, Equatable {
    public let seal: AuditSeal
    public let salts: AuditParts<[UInt8]?>

    public init(seal: AuditSeal, salts: AuditParts<[UInt8]?>) {
        self.seal = seal
        self.salts = salts
    }
}
