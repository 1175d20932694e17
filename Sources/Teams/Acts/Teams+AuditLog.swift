public import Auth
public import Core
import Persistence

extension Teams {
    /// What was done in a team, latest first. It stays when its members leave.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func auditLog(
        of id: ID<Team>, matching filter: AuditFilter, by principal: any TeamPrincipal, origin: RequestOrigin,
        page: PageRequest
    ) async throws -> Page<AuditEvent> {
        try await read(of: id, by: principal, needing: .auditRead, origin: origin) { store in
            try await store.auditLog.list(.team(id), matching: filter, page: page)
        }
    }
}
