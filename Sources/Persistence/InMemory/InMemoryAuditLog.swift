import Core
import Persistence

struct InMemoryAuditLog: AuditLog {
    let scope: Scope
    let access: any TableAccess

    func record(_ event: AuditEvent) async throws {
        try await access.write { tables in
            try Scope.require(scope.mayWrite(event))
            guard tables.auditEvents[event.id] == nil else { throw DatabaseError.uniqueViolation }
            tables.auditEvents[event.id] = event
            tables.auditQueue.insert(event.id)
        }
    }

    func list(_ trail: AuditTrail, matching filter: AuditFilter, page: PageRequest) async throws -> Page<AuditEvent> {
        try await access.read { tables in
            let events = tables.auditEvents.values.filter {
                trail.contains($0) && filter.matches($0) && scope.sees($0)
            }
            return .latestFirst(events, page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func erase(_ person: ID<User>) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            for (id, event) in tables.auditEvents {
                let erased = event.erased(of: person)
                guard erased != event else { continue }
                tables.auditEvents[id] = erased
                let (before, after) = (event.tellingParts, erased.tellingParts)
                var records = tables.records(of: id)
                if before.origin && !after.origin { records.origin = AuditPartRecord(isErased: true) }
                if before.personal && !after.personal { records.personal = AuditPartRecord(isErased: true) }
                tables.auditPartRecords[id] = records
            }
        }
    }
}
