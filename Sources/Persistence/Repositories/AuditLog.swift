public import Core

/// The record of changes: rows are added, never altered. What is personal in them lies apart and can be erased.
public protocol AuditLog: Sendable {
    func record(_ event: AuditEvent) async throws

    /// The rows of a log that match, latest first by creation, then id.
    func list(_ trail: AuditTrail, matching filter: AuditFilter, page: PageRequest) async throws -> Page<AuditEvent>

    /// Erases what the log tells of a person, ``AuditEvent/erased(of:)``, with the salts it was hashed with. Only the system
    /// may ask.
    func erase(_ person: ID<User>) async throws
}

extension AuditLog {
    /// The rows of a person's log, latest first.
    public func list(ofUser user: ID<User>, page: PageRequest) async throws -> Page<AuditEvent> {
        try await list(.person(user), matching: .none, page: page)
    }
}
