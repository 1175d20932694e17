import Core

/// Permissions on single things of a team.
public enum GrantEndpoints {
    public static let list = Endpoint<TeamPath, GrantQuery, Nothing, OK<List<GrantBody>>>(
        .get, "/api/v1/teams/{team}/grants", id: "listGrants", tag: TeamEndpoints.tag,
        summary: "Lists the permissions on single things that a team granted, latest first.",
        authentication: .permitted(.rolesRead), errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let create = Endpoint<TeamPath, Nothing, CreateGrantRequest, Created<GrantBody>>(
        .post, "/api/v1/teams/{team}/grants", id: "createGrant", tag: TeamEndpoints.tag,
        summary: "Gives a member or a role a permission on one thing, which the caller has in the whole team.",
        authentication: .permitted(.rolesWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh, .alreadyGranted, .limitReached])

    public static let remove = Endpoint<GrantPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/grants/{grant}", id: "removeGrant", tag: TeamEndpoints.tag,
        summary: "Takes a permission on one thing back.", authentication: .permitted(.rolesWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh])

    public static let all: [any DescribedEndpoint] = [list, create, remove]
}
