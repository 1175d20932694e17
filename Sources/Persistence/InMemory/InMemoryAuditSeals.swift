import Core
import Persistence

struct InMemoryAuditSeals: AuditSealRepository {
    let scope: Scope
    let access: any TableAccess

    /// A unit of work that has written has the turn of all.
    func takeWaiting(limit: Int) async throws -> WaitingAuditEvents? {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let events = tables.auditQueue.compactMap { tables.auditEvents[$0] }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
                .prefix(limit)
            let heads = Set(events.map(AuditChain.init(of:))).compactMap { tables.auditHeads[$0] }
            return WaitingAuditEvents(
                events: events.map { KeptAuditEvent(event: $0, records: tables.records(of: $0.id)) }, heads: heads)
        }
    }

    func append(_ seals: [NewAuditSeal]) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            var (positions, events) = (Set<AuditPosition>(), Set<ID<AuditEvent>>())
            for seal in seals.map(\.seal) {
                try seal.checkConstraints()
                guard tables.auditSeals[seal.position] == nil, tables.auditPositions[seal.eventID] == nil,
                    positions.insert(seal.position).inserted, events.insert(seal.eventID).inserted
                else { throw DatabaseError.uniqueViolation }
            }
            for new in seals {
                let seal = new.seal
                tables.auditSeals[seal.position] = seal
                tables.auditPositions[seal.eventID] = seal.position
                tables.auditHeads[seal.chain] = seal.head
                tables.auditQueue.remove(seal.eventID)
                guard new.salts != AuditParts(both: nil) else { continue }
                var records = tables.records(of: seal.eventID)
                (records.origin.salt, records.personal.salt) = (new.salts.origin, new.salts.personal)
                tables.auditPartRecords[seal.eventID] = records
            }
        }
    }

    func entries(of chain: AuditChain?, after: AuditPosition?, limit: Int) async throws -> [AuditEntry] {
        try await access.read { tables in
            tables.auditSeals.values
                .filter { seal in
                    scope.sees(seal.chain) && (chain.map { $0 == seal.chain } ?? true)
                        && (after.map { ($0.chain, $0.sequence) < (seal.chain, seal.sequence) } ?? true)
                }
                .sorted { ($0.chain, $0.sequence) < ($1.chain, $1.sequence) }
                .prefix(limit)
                .map { seal in
                    let content = tables.auditEvents[seal.eventID].map { event in
                        AuditEntry.Content.kept(
                            KeptAuditEvent(event: event, records: tables.records(of: event.id)))
                    }
                    return AuditEntry(seal: seal, head: tables.auditHeads[seal.chain], content: content ?? .missing)
                }
        }
    }

    func heads(
        of chain: AuditChain?, after: AuditChain?, limit: Int
    ) async throws -> [(head: AuditHead, hasSeals: Bool)] {
        try await access.read { tables in
            tables.auditHeads.values
                .filter { head in
                    scope.sees(head.chain) && (chain.map { $0 == head.chain } ?? true)
                        && (after.map { $0 < head.chain } ?? true)
                }
                .sorted { $0.chain < $1.chain }
                .prefix(limit)
                // Nobody can take seals away here.
                .map { ($0, true) }
        }
    }

    func whereabouts(of chain: AuditChain?, after: Cursor?, limit: Int) async throws -> [AuditWhereabouts] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return tables.auditEvents.values
                .filter { event in
                    (chain.map { $0 == AuditChain(of: event) } ?? true)
                        && (after.map { ($0.time, $0.id()) < (event.createdAt, event.id) } ?? true)
                }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
                .prefix(limit)
                .map { event in
                    AuditWhereabouts(
                        chain: AuditChain(of: event), eventID: event.id, createdAt: event.createdAt,
                        isSealed: tables.auditPositions[event.id] != nil,
                        isWaiting: tables.auditQueue.contains(event.id))
                }
        }
    }

    func waiting(after: Cursor?, limit: Int) async throws -> [(position: Cursor, isThere: Bool)] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return tables.auditQueue.compactMap { tables.auditEvents[$0] }
                .filter { event in after.map { ($0.time, $0.id()) < (event.createdAt, event.id) } ?? true }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
                .prefix(limit)
                .map { (Cursor(time: $0.createdAt, id: $0.id), true) }
        }
    }

    func hashes(at positions: [AuditPosition]) async throws -> [AuditPosition: [UInt8]] {
        try await access.read { tables in
            let seals = positions.compactMap { tables.auditSeals[$0] }.filter { scope.sees($0.chain) }
            return Dictionary(seals.map { ($0.position, $0.hash) }) { first, _ in first }
        }
    }
}

extension Tables {
    func records(of event: ID<AuditEvent>) -> AuditParts<AuditPartRecord> {
        auditPartRecords[event] ?? AuditParts(both: AuditPartRecord())
    }
}
