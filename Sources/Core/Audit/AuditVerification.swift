/// Whether chains hold: is shown their entries one after another, in the order of chains and sequences, and keeps no more
/// than the last.
///
/// Entries may be read while more are sealed: a chain is held to its head as of its last entry.
public struct AuditVerification: Sendable {
    private let hashing: AuditHashing
    private var last: (seal: AuditSeal, head: AuditHead?)?

    public private(set) var chains = 0
    public private(set) var events = 0
    /// Of the parts that were sealed with what they told, how many were erased since.
    public private(set) var erasedParts = 0

    public init(hashing: AuditHashing) {
        self.hashing = hashing
    }

    /// - Returns: What is wrong with the entry, and with the chain before where the entry begins another.
    public mutating func check(_ entry: AuditEntry) -> [AuditFault] {
        let seal = entry.seal
        var faults: [AuditFault] = []
        let expected: (previous: [UInt8], sequence: Int64)
        if let last, last.seal.chain == seal.chain {
            expected = (last.seal.hash, last.seal.sequence &+ 1)
        } else {
            faults = finish()
            chains += 1
            expected = (hashing.start(of: seal.chain), 1)
        }
        last = (seal, entry.head)
        events += 1
        // What came before a gap is unknown, so that the link after it tells nothing.
        if seal.sequence != expected.sequence {
            faults.append(seal.fault(.sealsMissing(seal.sequence &- expected.sequence)))
        } else if seal.hash
            != hashing.link(
                after: expected.previous, sequence: seal.sequence, event: seal.eventHash, parts: seal.parts)
        {
            faults.append(seal.fault(.linkBroken))
        }
        return faults + content(of: entry)
    }

    /// To be called after the last entry.
    /// - Returns: What is wrong with the end of the last chain.
    public mutating func finish() -> [AuditFault] {
        guard let (seal, head) = last.take() else { return [] }
        guard let head else { return [seal.fault(.headAltered)] }
        if head.sequence > seal.sequence { return [seal.fault(.tailCut(head.sequence &- seal.sequence))] }
        return head == seal.head ? [] : [seal.fault(.headAltered)]
    }

    private mutating func content(of entry: AuditEntry) -> [AuditFault] {
        let seal = entry.seal
        switch entry.content {
        case .missing: return [seal.fault(.eventMissing)]
        case .unreadable: return [seal.fault(.eventAltered)]
        case .kept(let kept):
            let (event, tells, records) = (kept.event, kept.event.tellingParts, kept.records)
            var faults: [AuditFault] = []
            if event.id != seal.eventID || AuditChain(of: event) != seal.chain
                || hashing.event(event) != seal.eventHash
            {
                faults.append(seal.fault(.eventAltered))
            }
            let origin = Part(sealed: seal.parts.origin, tells: tells.origin, record: records.origin)
            if !origin.holds({ hashing.origin(of: event, salt: $0) }) { faults.append(seal.fault(.originAltered)) }
            let personal = Part(sealed: seal.parts.personal, tells: tells.personal, record: records.personal)
            if !personal.holds({ hashing.personal(of: event, salt: $0) }) {
                faults.append(seal.fault(.personalAltered))
            }
            erasedParts += [origin, personal].count(where: \.wasErased)
            return faults
        }
    }
}

/// A part as it was sealed, and as it is.
private struct Part {
    let sealed: SealedAuditPart
    let tells: Bool
    let record: AuditPartRecord

    /// Whether it was erased after it was sealed.
    var wasErased: Bool {
        guard case .hash = sealed else { return false }
        return !tells && record == AuditPartRecord(isErased: true)
    }

    /// What was sealed is there, or was erased with its salt; what was not can't have come.
    func holds(_ hash: ([UInt8]) -> [UInt8]) -> Bool {
        switch sealed {
        case .none: !tells && record == AuditPartRecord()
        case .erased: !tells && record == AuditPartRecord(isErased: true)
        case .hash(let expected): tells ? !record.isErased && record.salt.map(hash) == expected : wasErased
        }
    }
}

extension AuditSeal {
    fileprivate func fault(_ kind: AuditFault.Kind) -> AuditFault {
        AuditFault(kind, chain: chain, sequence: sequence, eventID: eventID)
    }
}
