import Core

/// Teams, what they ask of their members, and whose they are.
public enum TeamEndpoints {
    static let tag = "teams"
    /// How a team refuses somebody who is in it.
    static let conditions: [ProblemCode] = [.secondFactorRequired, .addressNotAllowed]

    public static let list = Endpoint<Nothing, ListQuery, Nothing, OK<List<TeamBody>>>(
        .get, "/api/v1/teams", id: "listTeams", tag: tag, summary: "Lists the own teams, latest joined first.",
        authentication: .permitted(.teamRead), errors: [.invalidCursor, .addressNotAllowed])

    public static let create = Endpoint<Nothing, Nothing, CreateTeamRequest, Created<TeamBody>>(
        .post, "/api/v1/teams", id: "createTeam", tag: tag, summary: "Makes a team, owned by the caller.",
        authentication: .session, errors: [.slugTaken, .limitReached])

    public static let show = Endpoint<TeamPath, Nothing, Nothing, OK<TeamBody>>(
        .get, "/api/v1/teams/{team}", id: "getTeam", tag: tag, summary: "Shows a team.",
        authentication: .permitted(.teamRead), errors: conditions)

    public static let update = Endpoint<TeamPath, Nothing, UpdateTeamRequest, OK<TeamBody>>(
        .patch, "/api/v1/teams/{team}", id: "updateTeam", tag: tag, summary: "Changes a team's names.",
        authentication: .permitted(.teamWrite), errors: conditions + [.slugTaken, .versionConflict])

    public static let delete = Endpoint<TeamPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}", id: "deleteTeam", tag: tag,
        summary: "Removes a team with all that belongs to it, at once.", authentication: .session,
        errors: conditions + [.reauthenticationRequired])

    public static let permissions = Endpoint<TeamPath, Nothing, Nothing, OK<TeamPermissionsBody>>(
        .get, "/api/v1/teams/{team}/permissions", id: "getTeamPermissions", tag: tag,
        summary: "Shows what the caller may do in a team.", authentication: .permitted(.teamRead), errors: conditions)

    public static let settings = Endpoint<TeamPath, Nothing, Nothing, OK<TeamSettingsBody>>(
        .get, "/api/v1/teams/{team}/settings", id: "getTeamSettings", tag: tag,
        summary: "Shows what a team asks of its members.", authentication: .permitted(.teamRead), errors: conditions)

    public static let setSettings = Endpoint<TeamPath, Nothing, TeamSettingsBody, OK<TeamSettingsBody>>(
        .put, "/api/v1/teams/{team}/settings", id: "setTeamSettings", tag: tag,
        summary: "Replaces what a team asks of its members; the caller has to meet it.",
        authentication: .permitted(.teamWrite), errors: conditions + [.lockout, .versionConflict])

    public static let transferOwnership = Endpoint<TeamPath, Nothing, TransferOwnershipRequest, OK<TeamBody>>(
        .post, "/api/v1/teams/{team}/transfer-ownership", id: "transferTeamOwnership", tag: tag,
        summary: "Makes another member the primary owner, and the caller an admin, in one act.",
        authentication: .session, errors: conditions + [.reauthenticationRequired, .versionConflict])

    public static let leave = Endpoint<TeamPath, Nothing, Nothing, NoContent>(
        .post, "/api/v1/teams/{team}/leave", id: "leaveTeam", tag: tag, summary: "Takes the caller out of a team.",
        authentication: .session, errors: [.lastOwner]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let all: [any DescribedEndpoint] = [
        list, create, show, update, delete, permissions, settings, setSettings, transferOwnership, leave,
    ]
}
