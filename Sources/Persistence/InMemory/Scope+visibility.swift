import Core
import Persistence

// What the policies of row-level security and the grants say.
extension Scope {
    var isSystem: Bool { self == .system }

    /// The person on whose behalf it is; nil for the system and for a program of a team's.
    var person: ID<User>? {
        switch self {
        case .system: nil
        case .user(let id): id
        case .team(_, let id): id
        }
    }

    /// The team it is narrowed to.
    private var team: ID<Team>? {
        if case .team(let id, _) = self { id } else { nil }
    }

    /// Whether rows that belong to `user` exist here.
    func sees(_ user: ID<User>) -> Bool {
        isSystem || person == user
    }

    /// Whether what belongs to the team exists here, to be read and changed.
    func isIn(_ team: ID<Team>) -> Bool {
        switch self {
        case .system: true
        case .user: false
        case .team(let id, _): id == team
        }
    }

    /// Whether somebody's part in the team exists here: in the team that of everybody, outside of all only the own.
    func sees(_ user: ID<User>, in team: ID<Team>) -> Bool {
        switch self {
        case .system: true
        case .user(let id): id == user
        case .team(let id, _): id == team
        }
    }

    /// Whether the session exists here: a person's own, and those in which the person acts as somebody else.
    func sees(_ session: Session) -> Bool {
        sees(session.userID) || session.impersonatorID.map(sees) ?? false
    }

    /// Whether the record exists here: those of the person, and of programs of the person's or the team's.
    func sees(_ key: IdempotencyKey, in tables: Tables) -> Bool {
        if isSystem || person.map({ key.principal == "user:\($0)" }) == true { return true }
        return tables.apiKeys.values.contains { row in
            row.key.userID == person && key.principal == "key:\(row.key.id)"
        }
            || tables.teamAPIKeys.values.contains { row in
                row.key.teamID == team && key.principal == "key:\(row.key.id)"
            }
    }

    /// In a team its log, which may stand in a member's log too; outside only what is the person's.
    func sees(_ event: AuditEvent) -> Bool {
        switch self {
        case .system: true
        case .user(let id): event.userID == id
        case .team(let team, let id):
            event.teamID == team || id != nil && event.userID == id && event.teamID == nil
        }
    }

    /// In a team its chain and the person's own.
    func sees(_ chain: AuditChain) -> Bool {
        switch (self, chain) {
        case (.system, _): true
        case (_, .user(let owner)): person == owner
        case (.team(let team, _), .team(let owner)): team == owner
        default: false
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
