import Core

/// The roles that members of a team may have.
public enum RoleEndpoints {
    public static let list = Endpoint<TeamPath, Nothing, Nothing, OK<List<RoleBody>>>(
        .get, "/api/v1/teams/{team}/roles", id: "listRoles", tag: TeamEndpoints.tag,
        summary: "Lists all roles of a team, the built-in ones first.", authentication: .permitted(.rolesRead),
        errors: TeamEndpoints.conditions)

    public static let create = Endpoint<TeamPath, Nothing, CreateRoleRequest, Created<RoleBody>>(
        .post, "/api/v1/teams/{team}/roles", id: "createRole", tag: TeamEndpoints.tag,
        summary: "Makes a role out of permissions that the caller has.", authentication: .permitted(.rolesWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh, .roleNameTaken, .limitReached])

    public static let update = Endpoint<RolePath, Nothing, UpdateRoleRequest, OK<RoleBody>>(
        .patch, "/api/v1/teams/{team}/roles/{role}", id: "updateRole", tag: TeamEndpoints.tag,
        summary: "Changes a role of the team's own, for everybody who has it.",
        authentication: .permitted(.rolesWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh, .roleNameTaken, .versionConflict])

    public static let remove = Endpoint<RolePath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/roles/{role}", id: "removeRole", tag: TeamEndpoints.tag,
        summary: "Removes a role that nobody has.", authentication: .permitted(.rolesWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh, .roleInUse])

    public static let all: [any DescribedEndpoint] = [list, create, update, remove]
}
