import Core

/// All teams, for administrators with a second factor.
public enum AdminTeamEndpoints {
    public static let list = Endpoint<Nothing, AdminTeamListQuery, Nothing, OK<List<AdminTeamBody>>>(
        .get, "/api/v1/admin/teams", id: "listAllTeams", tag: "admin",
        summary: "Lists teams, newest first; by slug or name where the beginning of one is given.",
        authentication: .superuser, errors: [.invalidCursor])

    public static let show = Endpoint<TeamPath, Nothing, Nothing, OK<AdminTeamBody>>(
        .get, "/api/v1/admin/teams/{team}", id: "getAnyTeam", tag: "admin",
        summary: "Shows a team with its owner and the number of its members.", authentication: .superuser)

    public static let all: [any DescribedEndpoint] = [list, show]
}
