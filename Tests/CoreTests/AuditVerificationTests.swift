import Core
import Fakes
import Testing

/// A log that is tampered with, and what is said of it. The hash is no good one, but good enough to tell these apart.
struct AuditVerificationTests {
    private static let hashing = AuditHashing { bytes in
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (0..<4).flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: (hash &* (word + 1)) >> (8 * $0)) }
        }
    }

    /// What a chain is made of, and can be tampered with.
    private struct Log {
        var entries: [AuditEntry]

        /// Seals events that are there as they were.
        init(_ events: [KeptAuditEvent]) {
            let seals = AuditSealing(hashing: hashing, randomness: .seeded(1)).seal(events, after: [])
            let heads = Dictionary(seals.map { ($0.seal.chain, $0.seal.head) }) { _, last in last }
            entries = zip(seals, events).map { new, kept in
                var records = kept.records
                (records.origin.salt, records.personal.salt) = (new.salts.origin, new.salts.personal)
                return AuditEntry(
                    seal: new.seal, head: heads[new.seal.chain],
                    content: .kept(KeptAuditEvent(event: kept.event, records: records)))
            }
            entries.sort { ($0.seal.chain, $0.seal.sequence) < ($1.seal.chain, $1.seal.sequence) }
        }

        /// Six events of one person, all of which tell where from and something of the person.
        static var ofOne: Log {
            Log(
                (1...6).map {
                    KeptAuditEvent(
                        event: .made(id: $0, actor: 1, user: 1, ip: "192.0.2.\($0)", personal: ["name": "A\($0)"]))
                })
        }

        func verify() -> (faults: [AuditFault], verification: AuditVerification) {
            var verification = AuditVerification(hashing: hashing)
            let faults = entries.flatMap { verification.check($0) } + verification.finish()
            return (faults, verification)
        }

        /// Puts something else in the place of what is kept of an event.
        mutating func keep(_ index: Int, _ change: (AuditEvent, AuditParts<AuditPartRecord>) -> KeptAuditEvent) {
            guard case .kept(let kept) = entries[index].content else { return }
            replace(index, content: .kept(change(kept.event, kept.records)))
        }

        mutating func replace(
            _ index: Int, seal: AuditSeal? = nil, head: AuditHead?? = nil, content: AuditEntry.Content? = nil
        ) {
            let old = entries[index]
            entries[index] = AuditEntry(
                seal: seal ?? old.seal, head: head ?? old.head, content: content ?? old.content)
        }
    }

    private func kinds(of log: Log) -> [AuditFault.Kind] { log.verify().faults.map(\.kind) }

    @Test func `chains that nobody touched hold`() {
        let log = Log(
            (1...12).map {
                KeptAuditEvent(event: .made(id: $0, user: $0 % 3, team: $0 % 2, ip: "192.0.2.1", personal: ["a": "b"]))
            })
        let (faults, verification) = log.verify()
        #expect(faults == [])
        #expect(verification.chains == 4 && verification.events == 12 && verification.erasedParts == 0)
        #expect(log.entries.map(\.seal.chain) == log.entries.map(\.seal.chain).sorted())
        for chain in Set(log.entries.map(\.seal.chain)) {
            let sequences = log.entries.filter { $0.seal.chain == chain }.map(\.seal.sequence)
            #expect(sequences == Array(1...Int64(sequences.count)))
        }
    }

    @Test func `a chain goes on behind its head`() {
        let sealing = AuditSealing(hashing: Self.hashing, randomness: .seeded(1))
        let events = (1...4).map { KeptAuditEvent(event: .made(id: $0)) }
        let first = sealing.seal(Array(events[..<3]), after: [])
        let second = sealing.seal([events[3]], after: [first[2].seal.head])
        #expect((first + second).map(\.seal) == sealing.seal(events, after: []).map(\.seal))
    }

    @Test func `a missing event is told, and the chain goes on behind it`() {
        var log = Log.ofOne
        log.replace(2, content: .missing)
        #expect(kinds(of: log) == [.eventMissing])
        log.replace(3, content: .unreadable)
        #expect(
            log.verify().faults == [
                AuditFault(
                    .eventMissing, chain: .user(ID(high: 1, low: 1)), sequence: 3, eventID: ID(high: 0, low: 3)),
                AuditFault(
                    .eventAltered, chain: .user(ID(high: 1, low: 1)), sequence: 4, eventID: ID(high: 0, low: 4)),
            ])
    }

    @Test func `an altered event, address and value are told apart`() {
        var log = Log.ofOne
        log.keep(0) { event, records in
            KeptAuditEvent(
                event: .made(id: 1, action: "a.c", actor: 1, user: 1, ip: event.origin.ip, personal: event.personal),
                records: records)
        }
        log.keep(1) { event, records in
            KeptAuditEvent(
                event: .made(id: 2, actor: 1, user: 1, ip: "192.0.2.9", personal: event.personal), records: records)
        }
        log.keep(2) { event, records in
            KeptAuditEvent(
                event: .made(id: 3, actor: 1, user: 1, ip: event.origin.ip, personal: ["name": "Eve"]),
                records: records)
        }
        #expect(kinds(of: log) == [.eventAltered, .originAltered, .personalAltered])
    }

    @Test func `two events that changed places are altered, two seals are a broken link`() {
        var log = Log.ofOne
        let (second, third) = (log.entries[1], log.entries[2])
        log.replace(1, content: third.content)
        log.replace(2, content: second.content)
        #expect(kinds(of: log).count { $0 == .eventAltered } == 2)
        log = .ofOne
        for (index, other) in [(1, third), (2, second)] {
            let place = log.entries[index].seal.sequence
            log.replace(
                index,
                seal: AuditSeal(
                    chain: other.seal.chain, sequence: place, eventID: other.seal.eventID,
                    eventCreatedAt: other.seal.eventCreatedAt, eventHash: other.seal.eventHash,
                    parts: other.seal.parts, hash: other.seal.hash), content: other.content)
        }
        #expect(kinds(of: log) == [.linkBroken, .linkBroken, .linkBroken])
    }

    @Test func `a seal made to fit an altered event breaks its link`() {
        var log = Log.ofOne
        let seal = log.entries[3].seal
        log.replace(
            3,
            seal: AuditSeal(
                chain: seal.chain, sequence: seal.sequence, eventID: seal.eventID, eventCreatedAt: seal.eventCreatedAt,
                eventHash: Self.hashing.event(.made(id: 4, action: "a.c", actor: 1, user: 1)), parts: seal.parts,
                hash: seal.hash))
        #expect(kinds(of: log) == [.linkBroken, .eventAltered])
    }

    @Test(arguments: [(0..<2, AuditFault.Kind.sealsMissing(2)), (2..<3, .sealsMissing(1)), (4..<6, .tailCut(2))])
    func `seals that are gone are counted, at the beginning, within and at the end`(
        range: Range<Int>, fault: AuditFault.Kind
    ) {
        var log = Log.ofOne
        log.entries.removeSubrange(range)
        #expect(kinds(of: log) == [fault])
    }

    @Test func `the end is what the head says`() {
        var log = Log.ofOne
        let (seal, last) = (log.entries[4].seal, 5)
        log.replace(last, head: .some(nil))
        #expect(kinds(of: log) == [.headAltered])
        log.replace(last, head: seal.head)
        #expect(kinds(of: log) == [.headAltered])
        log.replace(last, head: AuditHead(chain: seal.chain, sequence: 6, hash: seal.hash))
        #expect(kinds(of: log) == [.headAltered])
        log.replace(last, head: AuditHead(chain: seal.chain, sequence: .max, hash: seal.hash))
        #expect(kinds(of: log) == [.tailCut(.max - 6)])
    }

    @Test func `a chain read while it grows is held to its head as of the last entry`() {
        var log = Log.ofOne
        for index in 0..<3 { log.replace(index, head: log.entries[2].seal.head) }
        #expect(kinds(of: log) == [])
    }

    @Test func `a chain can't be passed off as another's`() {
        var log = Log([KeptAuditEvent(event: .made(id: 1))])
        let seal = log.entries[0].seal
        let stolen = AuditSeal(
            chain: .user(ID(high: 1, low: 1)), sequence: 1, eventID: seal.eventID, eventCreatedAt: seal.eventCreatedAt,
            eventHash: seal.eventHash, parts: seal.parts, hash: seal.hash)
        log.replace(0, seal: stolen, head: stolen.head)
        #expect(kinds(of: log) == [.linkBroken, .eventAltered])
    }

    @Test func `what was erased is known to be, with its salt; what is merely gone was altered`() {
        var log = Log.ofOne
        let person = ID<User>(high: 1, low: 1)
        log.keep(0) { event, _ in
            KeptAuditEvent(
                event: event.erased(of: person), records: AuditParts(both: AuditPartRecord(isErased: true)))
        }
        #expect(kinds(of: log) == [])
        #expect(log.verify().verification.erasedParts == 2)
        log.keep(1) { event, _ in KeptAuditEvent(event: event.erased(of: person)) }
        log.keep(2) { event, records in KeptAuditEvent(event: event.erased(of: person), records: records) }
        log.keep(3) { event, _ in
            KeptAuditEvent(event: event, records: AuditParts(both: AuditPartRecord(isErased: true)))
        }
        #expect(kinds(of: log) == Array(repeating: [.originAltered, .personalAltered], count: 3).flatMap { $0 })
    }

    @Test func `what was erased before it was sealed, or never there, can't have come`() {
        let erased = AuditParts(both: AuditPartRecord(isErased: true))
        var log = Log([
            KeptAuditEvent(event: .made(id: 1, user: 1), records: erased), KeptAuditEvent(event: .made(id: 2, user: 1)),
        ])
        #expect(log.entries.map(\.seal.parts) == [AuditParts(both: .erased), AuditParts(both: .none)])
        #expect(kinds(of: log) == [])
        for index in 0..<2 {
            log.keep(index) { event, records in
                KeptAuditEvent(
                    event: .made(id: UInt64(index + 1), user: 1, ip: "192.0.2.1", personal: ["a": "b"]),
                    records: records)
            }
        }
        #expect(kinds(of: log) == [.originAltered, .personalAltered, .originAltered, .personalAltered])
        for index in 0..<2 {
            log.keep(index) { _, _ in
                KeptAuditEvent(
                    event: .made(id: UInt64(index + 1), user: 1),
                    records: index == 0 ? AuditParts(both: AuditPartRecord()) : erased)
            }
        }
        #expect(kinds(of: log) == [.originAltered, .personalAltered, .originAltered, .personalAltered])
    }
}
