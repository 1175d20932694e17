import Core
import Persistence

// What the policies of row-level security and the grants say.
extension Scope {
    var isSystem: Bool { self == .system }

    /// The person on whose behalf it is; nil for the system.
    var person: ID<User>? {
        switch self {
        case .system: nil
        case .user(let id), .team(_, let id): id
        }
    }

    /// Whether rows that belong to `user` exist here.
    func sees(_ user: ID<User>) -> Bool {
        person.map { $0 == user } ?? true
    }

    /// Whether rows that belong to `team` exist here.
    func sees(_ team: ID<Team>) -> Bool {
        switch self {
        case .system: true
        case .user: false
        case .team(let id, _): id == team
        }
    }

    /// Whether the session exists here: a person's own, and those in which the person acts as somebody else.
    func sees(_ session: Session) -> Bool {
        sees(session.userID) || session.impersonatorID.map(sees) ?? false
    }

    /// Whether the record exists here: a person's keys only, but for the system.
    func sees(_ key: IdempotencyKey) -> Bool {
        person.map { key.principal == "user:\($0)" } ?? true
    }

    /// In a team its log, which may stand in a member's log too; outside only what is the person's.
    func sees(_ event: AuditEvent) -> Bool {
        switch self {
        case .system: true
        case .user(let id): event.userID == id
        case .team(let team, let id): event.teamID == team || event.userID == id && event.teamID == nil
        }
    }

    func mayWrite(_ event: AuditEvent) -> Bool {
        switch self {
        case .system: true
        case .user(let id): event.userID == id && event.teamID == nil
        case .team: sees(event)
        }
    }

    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 42501 unless `isGranted`.
    static func require(_ isGranted: Bool) throws(DatabaseError) {
        guard isGranted else { throw .insufficientPrivilege }
    }
}
