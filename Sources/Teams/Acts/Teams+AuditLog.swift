public import Auth
public import Core
import Persistence

extension Teams {
    /// What was done in a team, latest first. It stays when its members leave.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func auditLog(
        of id: ID<Team>, matching filter: AuditFilter, by principal: Principal, origin: RequestOrigin, page: PageRequest
    ) async throws -> Page<AuditEvent> {
        _ = try await find(id, by: principal, needing: .auditRead, origin: origin)
        return try await database.scoped(.team(id, principal.user.id)).auditLog
            .list(.team(id), matching: filter, page: page)
    }
}
