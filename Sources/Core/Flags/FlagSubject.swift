/// For whom flags are asked: a person, alone or in a team, or a team's own work.
public struct FlagSubject: Sendable, Equatable {
    public let user: ID<User>?
    public let team: ID<Team>?
    public let plan: String?
    /// In ASCII; nil unless the address is proven.
    public let emailDomain: String?

    public init(user: ID<User>? = nil, team: ID<Team>? = nil, plan: String? = nil, emailDomain: String? = nil) {
        self.user = user
        self.team = team
        self.plan = plan
        self.emailDomain = emailDomain
    }

    public init(_ user: User, team: ID<Team>? = nil, plan: String? = nil) {
        self.init(
            user: user.id, team: team, plan: plan,
            emailDomain: user.emailVerifiedAt == nil ? nil : String(user.email.domain))
    }

    /// What a rule compares; nil where there is none.
    public func value(of attribute: FlagAttribute) -> String? {
        switch attribute {
        case .user: user?.description
        case .team: team?.description
        case .plan: plan
        case .emailDomain: emailDomain
        }
    }

    /// The bytes of what a percentage counts: of `team` and `plan` the team, so that its members see the same; else the person.
    func counted(by attribute: FlagAttribute) -> [UInt8]? {
        switch attribute {
        case .user, .emailDomain: user?.bytes ?? team?.bytes
        case .team, .plan: team?.bytes ?? user?.bytes
        }
    }
}
