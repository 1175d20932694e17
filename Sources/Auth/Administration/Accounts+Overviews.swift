public import Core
public import Persistence

extension Accounts {
    /// The rows of a log that match, latest first.
    /// - Throws: As ``Principal/requireAdministrator()``.
    public func auditLog(
        _ trail: AuditTrail, matching filter: AuditFilter, by principal: Principal, page: PageRequest
    ) async throws -> Page<AuditEvent> {
        try principal.requireAdministrator()
        return try await database.scoped(.system).auditLog.list(trail, matching: filter, page: page)
    }

    /// How the installation stands.
    /// - Throws: As ``Principal/requireAdministrator()``.
    public func installationCounts(by principal: Principal) async throws -> InstallationCounts {
        try principal.requireAdministrator()
        return try await database.scoped(.system).statistics.counts(at: time.now())
    }
}
