/// Makes seals.
public struct AuditSealing: Sendable {
    /// Of a salt, in bytes: without it nobody finds a value by hashing all there could be.
    public static let saltLength = 16

    private let hashing: AuditHashing
    private let randomness: Randomness

    public init(hashing: AuditHashing, randomness: Randomness) {
        self.hashing = hashing
        self.randomness = randomness
    }

    /// Seals events in their order, each behind the head of its chain.
    /// - Parameter heads: Of the chains of the events; a chain without one begins.
    public func seal(_ events: [KeptAuditEvent], after heads: [AuditHead]) -> [NewAuditSeal] {
        var ends = Dictionary(heads.map { ($0.chain, $0) }) { _, last in last }
        return events.map { kept in
            let chain = AuditChain(of: kept.event)
            let new = seal(
                kept, behind: ends[chain] ?? AuditHead(chain: chain, sequence: 0, hash: hashing.start(of: chain)))
            ends[chain] = new.seal.head
            return new
        }
    }

    private func seal(_ kept: KeptAuditEvent, behind head: AuditHead) -> NewAuditSeal {
        let (event, records) = (kept.event, kept.records)
        let origin = part(event.tellingParts.origin, records.origin) { hashing.origin(of: event, salt: $0) }
        let personal = part(event.tellingParts.personal, records.personal) { hashing.personal(of: event, salt: $0) }
        let parts = AuditParts(origin: origin.sealed, personal: personal.sealed)
        let (sequence, eventHash) = (head.sequence &+ 1, hashing.event(event))
        let seal = AuditSeal(
            chain: head.chain, sequence: sequence, eventID: event.id, eventCreatedAt: event.createdAt,
            eventHash: eventHash, parts: parts,
            hash: hashing.link(after: head.hash, sequence: sequence, event: eventHash, parts: parts))
        return NewAuditSeal(seal: seal, salts: AuditParts(origin: origin.salt, personal: personal.salt))
    }

    private func part(
        _ tells: Bool, _ record: AuditPartRecord, _ hash: ([UInt8]) -> [UInt8]
    ) -> (sealed: SealedAuditPart, salt: [UInt8]?) {
        guard tells else { return (record.isErased ? .erased : .none, nil) }
        let salt = randomness.bytes(Self.saltLength)
        return (.hash(hash(salt)), salt)
    }
}
