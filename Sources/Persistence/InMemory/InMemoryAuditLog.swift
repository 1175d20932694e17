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
            tables.auditEvents = tables.auditEvents.mapValues { $0.erased(of: person) }
        }
    }
}
