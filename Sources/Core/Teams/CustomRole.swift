/// A role that a team made out of permissions.
public struct CustomRole: Sendable, Equatable {
    public let id: ID<CustomRole>
    public let teamID: ID<Team>
    /// 1 to 100 characters on one line, unlike the name of any other role of the team, whatever the case of its letters.
    public var name: TeamName
    public var permissions: Set<Permission>
    public let createdAt: Timestamp
    public var updatedAt: Timestamp
    /// Counts changes, for optimistic locking; 1 when new.
    public var version: Int64

    public init(
        id: ID<CustomRole>, teamID: ID<Team>, name: TeamName, permissions: Set<Permission>, createdAt: Timestamp,
        updatedAt: Timestamp, version: Int64 = 1
    ) {
        self.id = id
        self.teamID = teamID
        self.name = name
        self.permissions = permissions
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }
}
