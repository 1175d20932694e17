/// Whose events one chain holds. Every event is in one: the team's if it belongs to one, else the person's, else the
/// system's.
public enum AuditChain: Sendable, Hashable {
    case system
    case team(ID<Team>)
    case user(ID<User>)

    /// What kind it is, as it is stored and hashed.
    public enum Kind: String, Sendable, CaseIterable {
        case system, team, user
    }

    public init(of event: AuditEvent) {
        self = event.teamID.map(AuditChain.team) ?? event.userID.map(AuditChain.user) ?? .system
    }

    /// - Parameter id: Whose; of no meaning for the system.
    public init(_ kind: Kind, id: ID<Never>) {
        switch kind {
        case .system: self = .system
        case .team: self = .team(id.cast())
        case .user: self = .user(id.cast())
        }
    }

    public var kind: Kind {
        switch self {
        case .system: .system
        case .team: .team
        case .user: .user
        }
    }

    /// Whose; all zeros for the system.
    public var id: ID<Never> {
        switch self {
        case .system: ID(high: 0, low: 0)
        case .team(let id): id.cast()
        case .user(let id): id.cast()
        }
    }
}

extension AuditChain: Comparable {
    /// By kind, then by id: the order in which all chains are walked.
    public static func < (left: AuditChain, right: AuditChain) -> Bool {
        (left.kind.rawValue, left.id) < (right.kind.rawValue, right.id)
    }
}

extension AuditChain: CustomStringConvertible {
    /// Such as `team 0197…`, for people.
    public var description: String {
        self == .system ? kind.rawValue : "\(kind.rawValue) \(id)"
    }
}
