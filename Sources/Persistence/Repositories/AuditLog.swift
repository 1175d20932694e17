public import Core

/// The record of changes: rows are added, never altered.
public protocol AuditLog: Sendable {
    func record(_ event: AuditEvent) async throws

    /// The rows of a person's log, latest first.
    func list(ofUser user: ID<User>, page: PageRequest) async throws -> Page<AuditEvent>
}
