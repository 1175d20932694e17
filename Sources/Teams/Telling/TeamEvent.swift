public import Core

/// What happened in a team, as its systems are told: what the audit log of the team shows of it, without who sent the request
/// from where. It names people by their ids alone, so that nothing of it has to be erased with a person.
public struct TeamEvent: Sendable, Equatable, Encodable {
    public let teamID: ID<Team>
    /// Nil when nobody was signed in.
    public let actorID: ID<User>?
    public let targetType: String
    public let targetID: String?
    /// New values by name.
    public let changes: [String: String]

    init(_ event: AuditEvent, in team: ID<Team>) {
        teamID = team
        actorID = event.actorID
        targetType = event.targetType
        targetID = event.targetID
        changes = event.changes
    }

    private enum CodingKeys: String, CodingKey {
        case teamID = "team_id"
        case actorID = "actor"
        case targetType = "target_type"
        case targetID = "target_id"
        case changes
    }
}
