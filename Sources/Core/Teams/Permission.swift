/// Something that may be done: a kind of resource and an action on it, as roles, grants and API keys name it.
///
/// None implies another: who may write but not read needs both to do both.
public enum Permission: String, Sendable, Codable, CaseIterable {
    case teamRead = "team:read"
    case teamWrite = "team:write"
    case teamDelete = "team:delete"
    case membersRead = "members:read"
    case membersWrite = "members:write"
    case invitationsRead = "invitations:read"
    case invitationsWrite = "invitations:write"
    case rolesRead = "roles:read"
    case rolesWrite = "roles:write"
    case apiKeysRead = "api_keys:read"
    case apiKeysWrite = "api_keys:write"
    case webhooksRead = "webhooks:read"
    case webhooksWrite = "webhooks:write"
    case auditRead = "audit:read"
    case billingRead = "billing:read"
    case billingWrite = "billing:write"
    case filesRead = "files:read"
    case filesWrite = "files:write"
    case aiUse = "ai:use"
    /// Personal: to read one's own account.
    case usersRead = "users:read"
    /// Personal: to change one's own account.
    case usersWrite = "users:write"

    /// What stands before the colon: `files`.
    public var resource: String { String(rawValue.prefix { $0 != ":" }) }

    /// What stands after the colon: `read`.
    public var action: String { String(rawValue.drop { $0 != ":" }.dropFirst()) }

    /// Whether it is about a person's account. No team can give it.
    public var isPersonal: Bool { self == .usersRead || self == .usersWrite }

    /// All that a team can give.
    public static let ofTeams = Set(allCases.filter { !$0.isPersonal })

    /// All that an API key of a team can be made for. To end the team and to make keys takes a person.
    public static let ofTeamKeys = ofTeams.subtracting([.teamDelete, .apiKeysWrite])
}
