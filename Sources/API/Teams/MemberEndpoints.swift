import Core

/// Who is in a team, and as what.
public enum MemberEndpoints {
    public static let list = Endpoint<TeamPath, ListQuery, Nothing, OK<List<MemberBody>>>(
        .get, "/api/v1/teams/{team}/members", id: "listMembers", tag: TeamEndpoints.tag,
        summary: "Lists the members of a team, latest joined first.", authentication: .permitted(.membersRead),
        errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let setRole = Endpoint<MemberPath, Nothing, SetRoleRequest, OK<MemberBody>>(
        .patch, "/api/v1/teams/{team}/members/{user}", id: "setMemberRole", tag: TeamEndpoints.tag,
        summary: "Gives a member another role.", authentication: .permitted(.membersWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh, .lastOwner, .versionConflict])

    public static let remove = Endpoint<MemberPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/members/{user}", id: "removeMember", tag: TeamEndpoints.tag,
        summary: "Takes a member out of a team, who has lost access with that.",
        authentication: .permitted(.membersWrite), errors: TeamEndpoints.conditions + [.roleTooHigh, .lastOwner])

    public static let all: [any DescribedEndpoint] = [list, setRole, remove]
}
