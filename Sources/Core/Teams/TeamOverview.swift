/// A team as administrators see it.
public struct TeamOverview: Sendable, Equatable {
    public let team: Team
    /// The primary owner.
    public let owner: User
    /// The people in it, the owner among them.
    public let memberCount: Int

    public init(team: Team, owner: User, memberCount: Int) {
        self.team = team
        self.owner = owner
        self.memberCount = memberCount
    }
}
